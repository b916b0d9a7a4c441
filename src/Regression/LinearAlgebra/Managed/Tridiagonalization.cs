namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// A = Q·T·Qᵀ with tridiagonal T by Householder reflections, Qᵀy carried along; Q is never formed.
/// </summary>
/// <remarks>
/// A panel of reflections vᵢ is computed against the untouched rest of A, each correcting its column and its product A·vᵢ by the
/// earlier ones; then the rest becomes A − VᵀW − WᵀV and y becomes (I − VᵀTV)ᵀy in two products. Half of the work is the
/// matrix-vector product, which memory limits. (Dongarra, Hammarling, Sorensen 1989; Golub and Van Loan, section 8.3.)
/// </remarks>
internal sealed unsafe class Tridiagonalization(Product product, Workers workers)
{
    private const nint PanelWidth = 32;

    /// <summary>
    /// Reduces the lower triangle of <paramref name="a"/>, which is destroyed: diagonal and subdiagonal (its last entry unused) of
    /// T, and Qᵀy in place of <paramref name="y"/>.
    /// </summary>
    public void Reduce(Block a, double* diagonal, double* below, Block y)
    {
        nint size = a.Rows;
        using var symmetric = new SymmetricVectorProduct(size, workers);

        // V above W above V again: rows 0..2w and w..3w are the two factors of the symmetric update.
        using var panel = KernelMatrix<double>.Temporary(3 * PanelWidth, size);
        var taus = new double[PanelWidth];
        for (nint first = 0; first < size;)
        {
            nint width = Math.Min(PanelWidth, size - 2 - first);
            if (width <= 0)
            {
                diagonal[first] = a.Row(first)[first];
                below[first] = first + 1 < size ? a.Row(first + 1)[first] : 0;
                first++;
                continue;
            }

            Block all = new(panel.View);
            Block v = all.Slice(0, first, width, size - first), w = all.Slice(width, first, width, size - first);
            Block again = all.Slice(2 * width, first, width, size - first), rest = a.Slice(first, first, size - first, size - first);
            for (nint i = 0; i < width; i++)
            {
                Reflect(rest, v, w, i, symmetric, out diagonal[first + i], out below[first + i], out taus[i]);
            }

            for (nint i = 0; i < width; i++) new Span<double>(v.Row(i), checked((int)v.Columns)).CopyTo(new Span<double>(again.Row(i), checked((int)v.Columns)));
            nint left = size - first - width;
            Block factors = all.Slice(0, first + width, 2 * width, left), swapped = all.Slice(width, first + width, 2 * width, left);
            product.AccumulateLower(-1, factors, swapped, rest.Slice(width, width, left, left));
            ApplyTo(y.Slice(first, 0, size - first, y.Columns), v, taus);
            first += width;
        }
    }

    /// <summary>Column i of the panel: its reflection into V, its share of the update into W, and its entries of T.</summary>
    private static void Reflect(
        Block a, Block v, Block w, nint i, SymmetricVectorProduct symmetric, out double diagonal, out double below, out double tau)
    {
        nint size = a.Rows, length = size - i - 1;
        double* x = v.Row(i), update = w.Row(i);
        for (nint r = i; r < size; r++) x[r] = a.Row(r)[i];
        for (nint k = 0; k < i; k++)
        {
            Rows.Add(-w.Row(k)[i], v.Row(k) + i, x + i, size - i);
            Rows.Add(-v.Row(k)[i], w.Row(k) + i, x + i, size - i);
        }

        diagonal = x[i];
        new Span<double>(x, checked((int)(i + 1))).Clear();
        new Span<double>(update, checked((int)(i + 1))).Clear();
        x += i + 1;
        update += i + 1;
        double head = x[0], tail = Rows.Dot(x + 1, x + 1, length - 1);
        if (tail == 0)
        {
            (below, tau) = (head, 0);
            new Span<double>(x, checked((int)length)).Clear();
            new Span<double>(update, checked((int)length)).Clear();
            return;
        }

        below = -Math.CopySign(Math.Sqrt(head * head + tail), head);
        tau = (below - head) / below;
        Rows.Scale(1 / (head - below), x + 1, length - 1);
        x[0] = 1;
        symmetric.Multiply(a.Slice(i + 1, i + 1, length, length), x, update);
        for (nint k = 0; k < i; k++)
        {
            double* vk = v.Row(k) + i + 1, wk = w.Row(k) + i + 1;
            double alongV = Rows.Dot(vk, x, length), alongW = Rows.Dot(wk, x, length);
            Rows.Add(-alongW, vk, update, length);
            Rows.Add(-alongV, wk, update, length);
        }

        Rows.Scale(tau, update, length);
        Rows.Add(-0.5 * tau * Rows.Dot(update, x, length), x, update, length);
    }

    /// <summary>y ← (H₀H₁…)ᵀ·y = y − Vᵀ·Tᵀ·(V·y), T the upper triangle that makes a product of reflections one block.</summary>
    private void ApplyTo(Block y, Block v, double[] taus)
    {
        nint width = v.Rows;
        if (y.Columns == 0) return;
        double[] t = new double[width * width];
        for (nint i = 0; i < width; i++)
        {
            for (nint k = 0; k < i; k++)
            {
                double sum = 0;
                for (nint m = k; m < i; m++) sum += t[k * width + m] * Rows.Dot(v.Row(m), v.Row(i), v.Columns);
                t[k * width + i] = -taus[i] * sum;
            }

            t[i * width + i] = taus[i];
        }

        using var along = KernelMatrix<double>.Temporary(width, y.Columns);
        Block z = new(along.View);
        z.Clear();
        product.Accumulate(1, v, false, y, false, z);
        for (nint i = width - 1; i >= 0; i--)
        {
            Rows.Scale(t[i * width + i], z.Row(i), z.Columns);
            for (nint k = 0; k < i; k++) Rows.Add(t[k * width + i], z.Row(k), z.Row(i), z.Columns);
        }

        product.Accumulate(-1, v, true, z, false, y);
    }
}
