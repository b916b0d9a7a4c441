namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>Which actions run together, and where registers lie.</summary>
internal static class PlaneLayout
{
    /// <summary>
    /// The actions of one level whose registers are connected by steps within a plane form a segment; a step that mixes planes belongs
    /// to its source's.
    /// </summary>
    public static IEnumerable<PlaneSegment> Segments(IReadOnlyList<PlaneAction> actions, IReadOnlyList<PlaneRegister> registers)
    {
        Dictionary<PlaneRegister, int> number = registers.Select((register, i) => (register, i)).ToDictionary(pair => pair.register, pair => pair.i);
        int[] group = [.. Enumerable.Range(0, registers.Count)];
        foreach (PlaneAction action in actions)
        {
            foreach (PlaneRegister source in action.Sources.Where(source => source.Level == action.Target.Level))
            {
                group[GroupOf(number[action.Target])] = GroupOf(number[source]);
            }
        }

        ILookup<int, PlaneAction> byGroup = actions.ToLookup(action => GroupOf(number[action.IsPush ? action.Sources[0] : action.Target]));
        return registers.GroupBy(register => GroupOf(number[register]))
            .Select(members => (members.First().Level, Actions: byGroup[members.Key].ToArray(), Inputs: members.Where(register => register.Sums is not null).ToArray()))
            .OrderBy(segment => segment.Level)
            .Select(segment => new PlaneSegment(segment.Level, segment.Actions, segment.Inputs));

        // The register that stands for a register's group; halves the way there each time.
        int GroupOf(int register)
        {
            while (group[register] != register) register = group[register] = group[group[register]];
            return register;
        }
    }

    /// <summary>
    /// Gives every register its place, and returns how many numbers they take for one lane. Registers that live for one plane only
    /// share slots within a segment, and all segments share theirs.
    /// </summary>
    public static nint Place(IEnumerable<PlaneSegment> segments, IReadOnlyList<PlaneRegister> registers)
    {
        nint numbers = 0;
        foreach (PlaneRegister register in registers.Where(register => register.Kept || register.Sums is not null))
        {
            register.Start = numbers;
            numbers += register.Sums?.Numbers ?? 2 * register.Family.Area;
        }

        nint most = 0;
        foreach (PlaneSegment segment in segments) most = Math.Max(most, PlaceSlots(segment, numbers));
        return numbers + most;
    }

    private static nint PlaceSlots(PlaneSegment segment, nint first)
    {
        var lastReader = new Dictionary<PlaneRegister, PlaneAction>();
        foreach (PlaneAction action in segment.Actions)
        {
            foreach (PlaneRegister source in action.Sources) lastReader[source] = action;
        }

        // Where two actions run as one, the first one's sources are still read when the second one's target is written.
        foreach (PlaneJoint joint in segment.Joints)
        {
            foreach (PlaneRegister source in joint.First.Sources.Where(source => ReferenceEquals(lastReader[source], joint.First))) lastReader[source] = joint.Second;
        }

        ILookup<PlaneAction, PlaneRegister> done = lastReader.ToLookup(pair => pair.Value, pair => pair.Key);

        var slots = new Dictionary<PlaneRegister, int>();
        var sizes = new List<nint>();
        var free = new Stack<int>();
        foreach (PlaneAction action in segment.Actions)
        {
            ILookup<bool, int> freed = done[action].Where(slots.ContainsKey).ToLookup(source => action.InPlace && action.Sources.Contains(source), source => slots[source]);
            foreach (int slot in freed[true]) free.Push(slot);
            if (!action.IsPush && action.Target is { Kept: false, Sums: null }) slots[action.Target] = Take(2 * action.Target.Family.LargestPlane);
            foreach (int slot in freed[false]) free.Push(slot);
        }

        nint[] starts = new nint[sizes.Count + 1];
        for (int i = 0; i < sizes.Count; i++) starts[i + 1] = starts[i] + sizes[i];
        foreach ((PlaneRegister register, int slot) in slots) register.Start = first + starts[slot];
        return starts[^1];

        int Take(nint size)
        {
            if (!free.TryPop(out int slot))
            {
                slot = sizes.Count;
                sizes.Add(0);
            }

            sizes[slot] = Math.Max(sizes[slot], size);
            return slot;
        }
    }
}
