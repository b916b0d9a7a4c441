using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>
/// Registers of one level that are computed together, all steps of one plane before the next plane: Δ = 0 first (where variances are
/// found), then each plane beside its mirror image.
/// </summary>
internal sealed class PlaneSegment
{
    /// <param name="level">The registers' level.</param>
    /// <param name="actions">The actions, in the program's order.</param>
    /// <param name="inputs">Its registers that earlier levels have added planes to.</param>
    public PlaneSegment(int level, PlaneAction[] actions, IReadOnlyList<PlaneRegister> inputs)
    {
        (Actions, Inputs) = (actions, inputs);
        Joints = [.. PlaneJoints.Of(actions)];
        PairActions = [.. PlaneJoints.Joined(actions, Joints)];
        PlaneRegister[] registers =
            [.. actions.SelectMany(action => action.Sources), .. actions.Select(action => action.Target).Where(target => target.Level == level), .. inputs];
        Keys = [.. InOrder([.. registers.Where(register => register.Level == level).Select(register => register.Family).Distinct()])];
        Signs = [.. Keys.Select(key => Math.Sign(key.FirstOrDefault(offset => offset != 0)))];
        Families = [.. registers.Select(register => register.Family).Distinct()];
        Planes = new int[Families.Count == 0 ? 0 : Families.Max(family => family.Number) + 1][];
        foreach (PlaneFamily family in Families) Planes[family.Number] = [.. Keys.Select(key => family.PlaneOf(key))];
    }

    /// <summary>The actions, in the program's order.</summary>
    public PlaneAction[] Actions { get; }

    /// <summary>The actions that are two, but one for pairs.</summary>
    public PlaneJoint[] Joints { get; }

    /// <summary>The actions for pairs.</summary>
    public PlaneAction[] PairActions { get; }

    /// <summary>Its registers that earlier levels have added planes to.</summary>
    public IReadOnlyList<PlaneRegister> Inputs { get; }

    /// <summary>The planes' families that occur.</summary>
    public IReadOnlyList<PlaneFamily> Families { get; }

    /// <summary>The keys of the planes, in the order of the work.</summary>
    public int[][] Keys { get; }

    /// <summary>The sign of each key's first offset that is not 0.</summary>
    public int[] Signs { get; }

    /// <summary>For each family that occurs, by its number, its planes key by key; −1: none.</summary>
    public int[][] Planes { get; }

    private static IEnumerable<int[]> InOrder(PlaneFamily[] families)
    {
        var byText = new Dictionary<string, int[]>();
        foreach (PlaneFamily family in families)
        {
            for (int plane = 0; plane < family.Count; plane++)
            {
                int[] key = family.KeyOf(plane);
                byText.TryAdd(string.Join(',', key), key);
            }
        }

        var done = new HashSet<string>();
        foreach (int[] key in byText.Values.OrderBy(key => key, KeyOrder.Instance))
        {
            if (done.Add(string.Join(',', key))) yield return key;
            string mirror = string.Join(',', key.Select(offset => -offset));
            if (byText.TryGetValue(mirror, out int[]? other) && done.Add(mirror)) yield return other;
        }
    }

    /// <summary>0, then keys whose first offset is positive, ascending, then the others by their mirror images.</summary>
    private sealed class KeyOrder : IComparer<int[]>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(int[]? x, int[]? y)
        {
            (int signX, int signY) = (SignOf(x!), SignOf(y!));
            for (int i = 0; i < x!.Length; i++)
            {
                int order = (signX * x[i]).CompareTo(signY * y![i]);
                if (order != 0) return order;
            }

            return signY.CompareTo(signX);
        }

        private static int SignOf(int[] key) => Math.Sign(key.FirstOrDefault(offset => offset != 0));
    }
}
