using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Cuda.Sources;

/// <summary>
/// A lane that computes nothing and writes: a formula over lanes, run on it, becomes CUDA C++ in single precision that takes the
/// same steps in the same order, each by the function that rounds to nearest whatever the compiler is allowed to contract.
/// </summary>
/// <param name="Term">What has been written.</param>
internal readonly record struct SourceLane(SourceTerm Term) : ILane<SourceLane>
{
    public static bool IsSingle => true;

    /// <summary>A variable of the surrounding source.</summary>
    public static SourceLane Variable(string name) => new(new SourceTerm(name));

    public static SourceLane Of(double value) => new(SourceTerm.Number(value, "float"));

    public static SourceLane operator +(SourceLane a, SourceLane b) => Write("__fadd_rn({0}, {1})", a, b);

    public static SourceLane operator -(SourceLane a, SourceLane b) => Write("__fsub_rn({0}, {1})", a, b);

    public static SourceLane operator *(SourceLane a, SourceLane b) => Write("__fmul_rn({0}, {1})", a, b);

    public static SourceLane operator /(SourceLane a, SourceLane b) => Write("__fdiv_rn({0}, {1})", a, b);

    public static SourceLane operator -(SourceLane a) => Write("-({0})", a);

    public static SourceLane MultiplyAdd(SourceLane a, SourceLane b, SourceLane c) => Write("__fmaf_rn({0}, {1}, {2})", a, b, c);

    public static SourceLane Sqrt(SourceLane a) => Write("__fsqrt_rn({0})", a);

    public static SourceLane SqrtAbove(SourceLane a, SourceLane floor) => Write("({0} > {1} ? __fsqrt_rn({0}) : 0)", a, floor);

    public static SourceLane Abs(SourceLane a) => Write("fabsf({0})", a);

    public static SourceLane CopySign(SourceLane magnitude, SourceLane sign) => Write("copysignf({0}, {1})", magnitude, sign);

    public static SourceLane Min(SourceLane a, SourceLane b) => Write("({0} < {1} ? {0} : {1})", a, b);

    public static SourceLane Max(SourceLane a, SourceLane b) => Write("({0} > {1} ? {0} : {1})", a, b);

    public static SourceLane Round(SourceLane a) => Write("rintf({0})", a);

    public static SourceLane ScaleByPowerOfTwo(SourceLane a, SourceLane n) => Write("ldexpf({0}, (int)({1}))", a, n);

    public static SourceLane Less(SourceLane a, SourceLane b) => Write("{0} < {1}", a, b);

    public static SourceLane Select(SourceLane mask, SourceLane ifTrue, SourceLane ifFalse) => Write("({0} ? {1} : {2})", mask, ifTrue, ifFalse);

    private static SourceLane Write(string operation, params SourceLane[] operands) =>
        new(new SourceTerm(operation, [.. operands.Select(operand => operand.Term)]));
}
