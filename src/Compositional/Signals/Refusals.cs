using InfiniteNtk.Compositional.Networks;
using Stream = InfiniteNtk.Compositional.Signals.FlowBuilder.Stream;

namespace InfiniteNtk.Compositional.Signals;

/// <summary>What has no known infinite-width limit, and what to write instead. Nothing is ever guessed.</summary>
internal static class Refusals
{
    private const int LongestText = 60;

    public static string Short(Network network)
    {
        string text = network.ToString();
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }

    public static UndefinedLimitException NotGaussian(string place, string what, Signal received, string previous) => new(
        $"Cannot take the infinite-width limit at {place}",
        received.Kind == SignalKind.RawInput ? "it receives the raw input" : $"it receives {received.Kind.Describe()} from {previous}",
        $"{what} needs a centred Gaussian signal, as Dense gives it", "Put Dense in front of it");

    public static UndefinedLimitException DropoutOfInput(string place) => new(
        $"Cannot take the infinite-width limit at {place}", "it receives the raw input",
        "dropout averages out only over channels that grow in number, and the input's do not", "Put Dense in front of it");

    public static UndefinedLimitException UnknownFanIn(string place) => new(
        $"Cannot compute the tangent kernel at {place}", "the width of what arrives is not stated",
        "with standard parameterization the NTK is proportional to the fan-in", "Give the Dense before it a width, or use the NTK parameterization");

    /// <summary>Branches whose joint is centred Gaussian again: of a sum, or of a concatenation along positions.</summary>
    public static void CheckGaussian(string place, string verb, ValueList<Network> branches, Stream[] ends)
    {
        if (TwoNotFresh(ends) is (int first, int second))
        {
            int copies = Enumerable.Range(0, ends.Length).Count(i => !ends[i].Signal.IsFresh && branches[i] == branches[first]);
            throw new UndefinedLimitException(
                $"Cannot {verb} the branches at {place}",
                $"{Branch(branches, first)} and {Branch(branches, second)} both pass the same signal on without parameters of their own",
                "branches must be independent of each other, so at most one may be without parameters",
                verb == "add" && branches[first] == branches[second]
                    ? $"{copies} times the same branch is {copies}x, whose kernel is {copies * copies}K and not {copies}K: use one branch and multiply the next weightStd by {copies}"
                    : "Put Dense at the end of one of them");
        }

        int wrong = Array.FindIndex(ends, end => end.Signal.Kind != SignalKind.CentredGaussian);
        if (wrong < 0) return;
        int other = wrong == 0 ? 1 : 0;
        throw new UndefinedLimitException(
            $"Cannot {verb} the branches at {place}",
            $"{Branch(branches, wrong)} gives {ends[wrong].Signal.Kind.Describe()} {(verb == "add" ? "to be added to" : "to stand beside")} {Branch(branches, other)}",
            $"every branch of a {(verb == "add" ? "sum" : "concatenation along positions")} must be a centred Gaussian signal",
            branches[wrong] is Identity ? $"Put Dense in front of the {(verb == "add" ? "sum" : "concatenation")}" : "End that branch with Dense");
    }

    public static void CheckProduct(string place, ValueList<Network> branches, Stream[] ends)
    {
        if (TwoNotFresh(ends) is (int first, int second))
        {
            throw new UndefinedLimitException(
                $"Cannot multiply the branches at {place}",
                $"{Branch(branches, first)} and {Branch(branches, second)} both pass the same signal on without parameters of their own",
                "branches must be independent of each other, so at most one may be without parameters",
                branches[first] == branches[second] && branches[first] is Identity
                    ? "The square of a signal is Monomial(2)"
                    : "Put Dense in one of them");
        }

        int raw = Array.FindIndex(ends, end => end.Signal.Kind == SignalKind.RawInput);
        if (raw >= 0)
        {
            throw new UndefinedLimitException(
                $"Cannot multiply the branches at {place}", $"{Branch(branches, raw)} gives the raw input to be multiplied with {Branch(branches, raw == 0 ? 1 : 0)}",
                "a product averages out only over channels that grow in number, and the input's do not", "Put Dense in that branch");
        }

        int[] mixed = [.. Enumerable.Range(0, ends.Length).Where(i => ends[i].Signal.Kind == SignalKind.MixedChannels)];
        if (mixed.Length < 2) return;
        throw new UndefinedLimitException(
            $"Cannot multiply the branches at {place}",
            $"{Branch(branches, mixed[0])} and {Branch(branches, mixed[1])} both have channels of several laws",
            "the product of two such signals depends on which channels meet", "Put Dense at the end of one of them, or Flatten and Concat after the product");
    }

    public static void CheckConcat(string place, ValueList<Network> branches, Stream[] ends)
    {
        int unknown = Array.FindIndex(ends, end => end.Signal.Channels is null);
        int known = Array.FindIndex(ends, end => end.Signal.Channels is not null);
        if (unknown < 0 || known < 0) return;
        throw new UndefinedLimitException(
            $"Cannot concatenate the branches at {place}",
            $"{Branch(branches, known)} has {ends[known].Signal.Channels} channels and the width of {Branch(branches, unknown)} is not stated",
            "the kernel weights branches by their widths: either all are stated or none", "Give every branch a width");
    }

    /// <summary>Equal positions, but for the extent along <paramref name="axis"/>.</summary>
    public static void CheckShapes(string place, ValueList<Network> branches, Stream[] ends, int axis = -1)
    {
        ValueList<int> first = ends[0].Signal.Positions;
        int other = Array.FindIndex(ends, end => end.Signal.Positions.Count != first.Count
            || end.Signal.Positions.Where((extent, i) => i != axis && extent != first[i]).Any());
        if (other < 0) return;
        throw new ShapeMismatchException(
            $"Cannot join the branches at {place}",
            $"{Branch(branches, 0)} gives {ends[0].Signal.Shape} and {Branch(branches, other)} gives {ends[other].Signal.Shape}",
            axis < 0 ? "branches must end with the same positions" : $"branches must agree on every axis but {axis}",
            "Flatten before the fork, or in no branch; give the branches equal strides and padding");
    }

    public static void CheckWidths(string place, ValueList<Network> branches, Stream[] ends)
    {
        int first = Array.FindIndex(ends, end => end.Signal.Channels is not null);
        int other = Array.FindIndex(ends, end => end.Signal.Channels is { } channels && channels != ends[first].Signal.Channels);
        if (other < 0) return;
        throw new ShapeMismatchException(
            $"Cannot join the branches at {place}",
            $"{Branch(branches, first)} has {ends[first].Signal.Channels} channels and {Branch(branches, other)} has {ends[other].Signal.Channels}",
            "branches that are added or multiplied need equal widths", "State equal widths, or none");
    }

    private static (int First, int Second)? TwoNotFresh(Stream[] ends)
    {
        int[] stale = [.. Enumerable.Range(0, ends.Length).Where(i => !ends[i].Signal.IsFresh)];
        return stale.Length < 2 ? null : (stale[0], stale[1]);
    }

    private static string Branch(ValueList<Network> branches, int index) => $"branch {index + 1} ({Short(branches[index])})";
}
