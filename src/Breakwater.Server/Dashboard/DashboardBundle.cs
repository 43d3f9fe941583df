using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace Breakwater.Server.Dashboard;

/// <summary>The built dashboard inside this assembly: what the manifest lists, compressed once when it was built.
/// </summary>
internal sealed class DashboardBundle
{
    private const string Prefix = "dashboard/";
    private const string ManifestName = "manifest.json";

    private DashboardBundle(ImmutableArray<DashboardFile> files) => Files = files;

    /// <summary>The bundle of this assembly.</summary>
    internal static DashboardBundle Shipped { get; } = Load(typeof(DashboardBundle).Assembly);

    /// <summary>Its files, in ordinal order of path.</summary>
    internal ImmutableArray<DashboardFile> Files { get; }

    private static DashboardBundle Load(Assembly assembly)
    {
        using JsonDocument manifest = JsonDocument.Parse(Bytes(assembly, ManifestName));
        return new DashboardBundle(
        [
            .. manifest.RootElement.GetProperty("files").EnumerateArray()
                .Select(own => new DashboardFile(
                    own.GetProperty("path").GetString()!, // the build writes every member beside the files
                    own.GetProperty("type").GetString()!,
                    own.GetProperty("sha256").GetString()!,
                    own.GetProperty("immutable").GetBoolean(),
                    Bytes(assembly, own.GetProperty("path").GetString() + ".br")))
                .OrderBy(static own => own.Path, StringComparer.Ordinal),
        ]);
    }

    private static byte[] Bytes(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"the dashboard was built without {name}");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

/// <summary>One file of the dashboard.</summary>
/// <param name="Path">Path below the root of the site, without a leading slash.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal: also its ETag.</param>
/// <param name="IsImmutable">Whether its name holds a digest of its content, so that it never changes.</param>
/// <param name="Compressed">Its content, as Brotli.</param>
internal sealed record DashboardFile(
    string Path, string ContentType, string Sha256, bool IsImmutable, ReadOnlyMemory<byte> Compressed)
{
    private readonly Lazy<byte[]> _plain = new(() => Expand(Compressed));

    /// <summary>Its content; expanded once, for clients that do not read Brotli.</summary>
    internal ReadOnlyMemory<byte> Plain => _plain.Value;

    private static byte[] Expand(ReadOnlyMemory<byte> compressed)
    {
        using MemoryStream source = new(compressed.ToArray());
        using BrotliStream stream = new(source, CompressionMode.Decompress);
        using MemoryStream plain = new();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
