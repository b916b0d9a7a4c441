namespace InfiniteNtk.Compositional.Signals;

/// <summary>Where a reading of a network is: "layer 2 > branch 1 > layer 3", counted from 1.</summary>
internal sealed class LayerPath
{
    private readonly List<string> _steps = [];

    /// <summary>Runs <paramref name="inside"/> one step further in.</summary>
    public T Within<T>(string step, Func<T> inside)
    {
        _steps.Add(step);
        T result = inside();
        _steps.RemoveAt(_steps.Count - 1);
        return result;
    }

    public override string ToString() => _steps.Count == 0 ? "the only layer" : string.Join(" > ", _steps);
}
