using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// Layer normalisation whose variance is averaged over axes of positions: a sample's term at each position is that of its group's
/// mean variance. The entries are those of <see cref="NormalizeFormula"/>.
/// </summary>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="group">Of each position the number of its group.</param>
internal sealed unsafe class MeanVarianceLoop<TLane, T>(double epsilon, int[] group) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EntryPlaneLoop<TLane, TLane, T, NormalizeFormula> _entries = new(new NormalizeFormula(epsilon));
    private readonly int[][] _members =
        [.. Enumerable.Range(0, group.Max() + 1).Select(number => Enumerable.Range(0, group.Length).Where(s => group[s] == number).ToArray())];

    public override int TermCount => 1;

    public override void Pairs(in PlaneFrame<T> frame) => _entries.Pairs(in frame);

    public override void Selves(in PlaneFrame<T> frame) => _entries.Selves(in frame);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override DualAccuracy WriteTerms(in PlaneFrame<T> frame)
    {
        var formula = new NormalizeFormula(epsilon);
        foreach (int[] members in _members)
        {
            TLane sum = TLane.Of(0), carry = sum;
            foreach (int s in members)
            {
                TLane value = TLane.Load(in frame.Sources[0].K[(nint)s * TLane.Count]) - carry, total = sum + value;
                carry = total - sum - value;
                sum = total;
            }

            TLane term = formula.Side(sum * TLane.Of(1.0 / members.Length)).A;
            foreach (int s in members) TLane.Store(term, ref frame.Right[(nint)s * TLane.Count]);
        }

        return default;
    }
}
