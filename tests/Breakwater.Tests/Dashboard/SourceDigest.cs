using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Tests.Dashboard;

/// <summary>The digest that binds a bundle to its sources; the build of the dashboard computes the same
/// (dashboard/build/sources.ts).</summary>
internal static class SourceDigest
{
    private static readonly string[] Folders = ["src", "build", "public"];
    private static readonly string[] Files =
        [".npmrc", "index.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"];

    /// <summary>SHA-256 over every source: for each, in ordinal order of path, the length of the path and the path,
    /// the length of the content and the content; lengths are 8 bytes, least significant first.</summary>
    /// <param name="folder">Folder of the sources.</param>
    /// <returns>Lower-case hexadecimal.</returns>
    internal static string Of(string folder)
    {
        IEnumerable<string> below = Folders.Select(own => Path.Combine(folder, own)).Where(Directory.Exists)
            .SelectMany(static own => Directory.EnumerateFiles(own, "*", SearchOption.AllDirectories));
        string[] paths =
        [
            .. below.Concat(Files.Select(own => Path.Combine(folder, own)))
                .Select(own => Path.GetRelativePath(folder, own).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths)
        {
            Append(hash, Encoding.UTF8.GetBytes(path));
            Append(hash, File.ReadAllBytes(Path.Combine(folder, path)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.LongLength);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
