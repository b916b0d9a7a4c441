namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// Arithmetic over one or several floating-point numbers at once. This is all that a formula sees, so one text of a formula
/// serves a single number (the oracle), 512-bit vectors, and later a lane that writes GPU source.
/// </summary>
/// <remarks>
/// Formulas over lanes have no branches and no loops over data: a choice is <see cref="Select"/>. A comparison yields a mask
/// in the lane's own type (all bits set or none), which only <see cref="Select"/> may read.
/// </remarks>
/// <typeparam name="TLane">The implementing type itself.</typeparam>
internal interface ILane<TLane> where TLane : struct, ILane<TLane>
{
    /// <summary>Whether each number is a 32-bit float; known when the formula is compiled, so it selects polynomial degrees at no cost.</summary>
    static abstract bool IsSingle { get; }

    /// <summary>The same number in every place.</summary>
    static abstract TLane Of(double value);

    /// <summary>Sum.</summary>
    static abstract TLane operator +(TLane a, TLane b);

    /// <summary>Difference.</summary>
    static abstract TLane operator -(TLane a, TLane b);

    /// <summary>Product.</summary>
    static abstract TLane operator *(TLane a, TLane b);

    /// <summary>Quotient.</summary>
    static abstract TLane operator /(TLane a, TLane b);

    /// <summary>Negation.</summary>
    static abstract TLane operator -(TLane a);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TLane MultiplyAdd(TLane a, TLane b, TLane c);

    /// <summary>Square root, correctly rounded; NaN below zero.</summary>
    static abstract TLane Sqrt(TLane a);

    /// <summary>√a where a &gt; <paramref name="floor"/>, which is at least 0, else 0 (also for NaN): one operation where masks cost nothing.</summary>
    static abstract TLane SqrtAbove(TLane a, TLane floor);

    /// <summary>Magnitude.</summary>
    static abstract TLane Abs(TLane a);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign bit of <paramref name="sign"/>.</summary>
    static abstract TLane CopySign(TLane magnitude, TLane sign);

    /// <summary>The smaller one; where either is NaN, the second argument (the processor's own rule, without fix-up).</summary>
    static abstract TLane Min(TLane a, TLane b);

    /// <summary>The larger one; where either is NaN, the second argument.</summary>
    static abstract TLane Max(TLane a, TLane b);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TLane Round(TLane a);

    /// <summary>a·2ⁿ for integral n within the exponent range of normal numbers (1−bias … bias).</summary>
    static abstract TLane ScaleByPowerOfTwo(TLane a, TLane n);

    /// <summary>The mask of a &lt; b; false where either is NaN.</summary>
    static abstract TLane Less(TLane a, TLane b);

    /// <summary><paramref name="ifTrue"/> where the mask is set, else <paramref name="ifFalse"/>.</summary>
    static abstract TLane Select(TLane mask, TLane ifTrue, TLane ifFalse);
}
