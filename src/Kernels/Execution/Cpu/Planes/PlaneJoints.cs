using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>Two actions in a row, the second of which reads the first one's target, that run as one for pairs.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
/// <param name="Both">Both.</param>
internal sealed record PlaneJoint(PlaneAction First, PlaneAction Second, PlaneAction Both);

/// <summary>
/// Which actions run as one, so that their entries stay in registers from one to the other. Self-covariances are computed action by action:
/// the second one's terms are found from what lies in between.
/// </summary>
internal static class PlaneJoints
{
    /// <summary>All of them, in the program's order.</summary>
    public static IEnumerable<PlaneJoint> Of(PlaneAction[] actions)
    {
        Dictionary<PlaneRegister, int> readers = actions.SelectMany(action => action.Sources.Distinct()).CountBy(source => source).ToDictionary();
        for (int i = 1; i < actions.Length; i++)
        {
            (PlaneAction first, PlaneAction second) = (actions[i - 1], actions[i]);
            if (second.Sources.Length != 1 || second.Sources[0] != first.Target || first.IsPush) continue;
            bool isShared = first.Target.Kept || readers[first.Target] > 1;
            if (second.After(first, isShared) is { } both) yield return new PlaneJoint(first, second, both);
        }
    }

    /// <summary>The actions with joints in place of their two; notes which registers' Θ is implied.</summary>
    public static PlaneAction[] Joined(PlaneAction[] actions, PlaneJoint[] joints)
    {
        Dictionary<PlaneAction, PlaneAction> both = joints.ToDictionary(joint => joint.First, joint => joint.Both);
        HashSet<PlaneAction> seconds = [.. joints.Select(joint => joint.Second)];
        PlaneAction[] joined = [.. actions.Where(action => !seconds.Contains(action)).Select(action => both.GetValueOrDefault(action, action))];
        foreach (PlaneAction input in joined.Where(action => action.Step is InputProduct && !action.Target.Kept))
        {
            input.Target.ThetaIsImplied = joined.All(reader => !reader.Sources.Contains(input.Target) || IsOnlyFirst(reader, input.Target) && reader.KnowsZeroTheta);
        }

        return joined;
    }

    private static bool IsOnlyFirst(PlaneAction reader, PlaneRegister source) => Array.LastIndexOf(reader.Sources, source) == 0;
}
