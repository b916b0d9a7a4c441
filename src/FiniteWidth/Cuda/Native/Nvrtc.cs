using System.Runtime.InteropServices;
using System.Text;

namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>NVRTC: compiles CUDA C++ for a device while the program runs; needs no device itself.</summary>
internal sealed unsafe class Nvrtc(nint library)
{
    private readonly delegate* unmanaged[Cdecl]<int*, int*, int> _version =
        (delegate* unmanaged[Cdecl]<int*, int*, int>)Symbol(library, "nvrtcVersion");

    private readonly delegate* unmanaged[Cdecl]<nint*, byte*, byte*, int, byte**, byte**, int> _createProgram =
        (delegate* unmanaged[Cdecl]<nint*, byte*, byte*, int, byte**, byte**, int>)Symbol(library, "nvrtcCreateProgram");

    private readonly delegate* unmanaged[Cdecl]<nint*, int> _destroyProgram =
        (delegate* unmanaged[Cdecl]<nint*, int>)Symbol(library, "nvrtcDestroyProgram");

    private readonly delegate* unmanaged[Cdecl]<nint, int, byte**, int> _compileProgram =
        (delegate* unmanaged[Cdecl]<nint, int, byte**, int>)Symbol(library, "nvrtcCompileProgram");

    private readonly delegate* unmanaged[Cdecl]<nint, nuint*, int> _getPtxSize = Size(library, "nvrtcGetPTXSize");
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _getPtx = Content(library, "nvrtcGetPTX");
    private readonly delegate* unmanaged[Cdecl]<nint, nuint*, int> _getCubinSize = Size(library, "nvrtcGetCUBINSize");
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _getCubin = Content(library, "nvrtcGetCUBIN");
    private readonly delegate* unmanaged[Cdecl]<nint, nuint*, int> _getLogSize = Size(library, "nvrtcGetProgramLogSize");
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _getLog = Content(library, "nvrtcGetProgramLog");

    private readonly delegate* unmanaged[Cdecl]<int*, int> _getArchitectureCount =
        (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "nvrtcGetNumSupportedArchs");

    private readonly delegate* unmanaged[Cdecl]<int*, int> _getArchitectures =
        (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "nvrtcGetSupportedArchs");

    private readonly delegate* unmanaged[Cdecl]<int, byte*> _getErrorString =
        (delegate* unmanaged[Cdecl]<int, byte*>)Symbol(library, "nvrtcGetErrorString");

    /// <summary>For example "12.6".</summary>
    public string Version
    {
        get
        {
            int major, minor;
            _ = _version(&major, &minor);
            return $"{major}.{minor}";
        }
    }

    /// <summary>The compute capabilities it compiles for, as 10·major + minor, ascending.</summary>
    public int[] Architectures
    {
        get
        {
            int count = 0;
            if (_getArchitectureCount(&count) != 0) return [];
            var architectures = new int[count];
            fixed (int* first = architectures) _ = _getArchitectures(first);
            return architectures;
        }
    }

    /// <summary>
    /// What the driver can load for a device of this compute capability: machine code where this compiler knows the device,
    /// else PTX for the newest one that it knows, which the driver translates.
    /// </summary>
    /// <param name="name">What the source is, for messages.</param>
    /// <param name="source">CUDA C++ without includes.</param>
    /// <param name="architecture">10·major + minor.</param>
    /// <param name="options">Further options.</param>
    /// <exception cref="DeviceException">The device is too old for this compiler, or the source is refused, with the log.</exception>
    public byte[] Compile(string name, string source, int architecture, params ReadOnlySpan<string> options)
    {
        int[] known = Architectures;
        bool exact = known.Length == 0 || known.Contains(architecture);
        int target = exact ? architecture : known.Where(one => one < architecture).DefaultIfEmpty(0).Max();
        if (target == 0)
        {
            throw new DeviceException(
                "Cannot compile for this device", $"its compute capability is {architecture / 10}.{architecture % 10}",
                $"NVRTC {Version} compiles for {known[0] / 10}.{known[0] % 10} and later", "Install an older NVRTC, or use a newer device");
        }

        nint program;
        fixed (byte* text = CudaDriver.Text(source), file = CudaDriver.Text(name + ".cu"))
        {
            Check(_createProgram(&program, text, file, 0, null, null), name);
        }

        try
        {
            Run(program, name, [$"--gpu-architecture={(exact ? "sm" : "compute")}_{target}", "--std=c++17", .. options]);
            return exact ? Read(program, _getCubinSize, _getCubin) : Read(program, _getPtxSize, _getPtx);
        }
        finally
        {
            _ = _destroyProgram(&program);
        }
    }

    private void Run(nint program, string name, string[] options)
    {
        var texts = new nint[options.Length];
        try
        {
            for (int i = 0; i < texts.Length; i++) texts[i] = Marshal.StringToCoTaskMemUTF8(options[i]);
            int code;
            fixed (nint* first = texts) code = _compileProgram(program, texts.Length, (byte**)first);
            if (code != 0) throw Refused(name, $"{ErrorOf(code)}: {Encoding.UTF8.GetString(Read(program, _getLogSize, _getLog))}");
        }
        finally
        {
            foreach (nint text in texts) Marshal.FreeCoTaskMem(text);
        }
    }

    private static byte[] Read(
        nint program, delegate* unmanaged[Cdecl]<nint, nuint*, int> getSize, delegate* unmanaged[Cdecl]<nint, byte*, int> getContent)
    {
        nuint size = 0;
        if (getSize(program, &size) != 0) return [];
        var content = new byte[size];
        fixed (byte* first = content)
        {
            if (size > 0) _ = getContent(program, first);
        }

        return content;
    }

    private void Check(int code, string name)
    {
        if (code != 0) throw Refused(name, ErrorOf(code));
    }

    private string ErrorOf(int code) => Marshal.PtrToStringUTF8((nint)_getErrorString(code)) ?? $"error {code}";

    private DeviceException Refused(string name, string reason) => new(
        "Cannot compile for the device", $"NVRTC {Version} refuses the source '{name}': {reason.TrimEnd('\0', '\n')}", "it must compile",
        "Report this with the output of `intk info`");

    private static nint Symbol(nint library, string name) => NativeLibrary.GetExport(library, name);

    private static delegate* unmanaged[Cdecl]<nint, nuint*, int> Size(nint library, string name) =>
        (delegate* unmanaged[Cdecl]<nint, nuint*, int>)Symbol(library, name);

    private static delegate* unmanaged[Cdecl]<nint, byte*, int> Content(nint library, string name) =>
        (delegate* unmanaged[Cdecl]<nint, byte*, int>)Symbol(library, name);
}
