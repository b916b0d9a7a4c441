using InfiniteNtk.FiniteWidth.Cuda.Devices;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>A <see cref="PositionTable"/> on the device.</summary>
internal sealed class DeviceTable : IDisposable
{
    public DeviceTable(DeviceMemory memory, PositionTable table)
    {
        Starts = memory.UploadWhole(table.Starts);
        Sources = memory.UploadWhole(table.Sources);
        Weights = memory.Upload(table.Weights);
    }

    /// <summary>Where each row's entries begin.</summary>
    public DeviceBuffer Starts { get; }

    /// <summary>Where each entry reads.</summary>
    public DeviceBuffer Sources { get; }

    /// <summary>What it is multiplied with.</summary>
    public DeviceBuffer Weights { get; }

    public void Dispose()
    {
        Starts.Dispose();
        Sources.Dispose();
        Weights.Dispose();
    }
}
