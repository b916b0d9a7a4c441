namespace InfiniteNtk.Kernels.Duals.Expressions;

/// <summary>
/// Where a formula is not smooth: the changes of sign of the arguments of abs, relu, max, min, log, sqrt, powers and of
/// denominators, found by a scan of |x| ≤ 1e4 with relative steps of 0.4 % (absolute ones of 1e-3 near 0) and bisection.
/// </summary>
internal static class KinkFinder
{
    /// <summary>The points in ascending order; empty for a smooth formula.</summary>
    public static ValueList<double> Find(Expression expression)
    {
        var points = new SortedSet<double>();
        foreach (Expression place in Switches(expression).Where(place => place.DependsOnX)) Scan(place.At, points);
        return points.ToValueList();
    }

    private static IEnumerable<Expression> Switches(Expression expression) =>
        expression.Switches.Concat(expression.Parts.SelectMany(Switches)).Distinct();

    private static void Scan(Func<double, double> place, SortedSet<double> points)
    {
        double left = Node(-4200);
        double leftValue = place(left);
        for (int i = -4199; i <= 4200; i++)
        {
            double right = Node(i);
            double rightValue = place(right);
            if (rightValue == 0) points.Add(right);
            else if (leftValue != 0 && Side(leftValue) != Side(rightValue)) points.Add(Bisect(place, left, right));
            (left, leftValue) = (right, rightValue);
        }
    }

    // Steps of 1e-3 near 0 that grow in proportion to |x|.
    private static double Node(int i) => 0.25 * Math.Sinh(i / 372.0);

    // An undefined value counts as a side of its own, so that the edge of a domain is a kink too.
    private static int Side(double value) => double.IsNaN(value) ? 2 : Math.Sign(value);

    private static double Bisect(Func<double, double> place, double left, double right)
    {
        int side = Side(place(left));
        for (int step = 0; step < 200; step++)
        {
            double middle = 0.5 * (left + right);
            if (middle <= left || middle >= right) break;
            double value = place(middle);
            if (value == 0) return middle;
            if (Side(value) == side) left = middle;
            else right = middle;
        }

        return right;
    }
}
