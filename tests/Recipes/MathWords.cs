using InfiniteNtk;
using static System.Math;
using static InfiniteNtk.Layers;

namespace Recipes;

/// <summary>
/// System.Math and the words of networks in one file: functions with parameters are told apart by their arguments. What are
/// properties here (Abs, Sign, Tanh, Relu) needs <c>Layers.</c> in front where Math has a function of that name.
/// </summary>
internal static class MathWords
{
    public static double Number { get; } = Sin(0.5) + Cos(0.5) + Exp(0.5) + Sqrt(2.0);

    public static Network Network { get; } = Dense(weightStd: Max(1.0, 0.5)) >> Sin() >> Dense();

    public static Network Rectified { get; } = Dense() >> Layers.Abs >> Dense();
}
