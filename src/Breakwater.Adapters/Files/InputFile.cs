using System.Text;
using System.Text.Unicode;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads small input documents whole: size first, then bytes, then valid UTF-8.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding Utf8Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes of a file of at most <paramref name="bytesMax"/> bytes, without a byte-order mark.</summary>
    internal static Result<byte[]> ReadBytes(string path, long bytesMax)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return stream.Length > bytesMax
                ? Result<byte[]>.Refused(TooLarge(path, stream.Length, bytesMax))
                : Checked(path, ReadAll(stream));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return Result<byte[]>.Refused(Unreadable(path, exception));
        }
    }

    /// <summary>Text of bytes that are valid UTF-8.</summary>
    internal static string Text(byte[] bytes) => Utf8Strict.GetString(bytes);

    /// <summary>Whether an exception means that the file system cannot give us the file.</summary>
    internal static bool IsUnreadable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
            or System.Security.SecurityException;

    /// <summary>Refusal of a file that cannot be read.</summary>
    internal static Failure Unreadable(string path, Exception exception) => new(
        exception is FileNotFoundException or DirectoryNotFoundException
            ? FailureReason.Missing
            : FailureReason.Unreadable,
        exception is FileNotFoundException or DirectoryNotFoundException
            ? "there is no such file"
            : "the file cannot be read",
        path);

    private static Failure TooLarge(string path, long length, long bytesMax) => new(
        FailureReason.TooLarge, "the file is too large", path, Value: $"{length} bytes", Limit: $"{bytesMax} bytes");

    private static byte[] ReadAll(FileStream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static Result<byte[]> Checked(string path, byte[] bytes)
    {
        byte[] content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        return Utf8.IsValid(content)
            ? Result<byte[]>.Accepted(content)
            : Result<byte[]>.Refused(new Failure(FailureReason.Malformed, "the file is not valid UTF-8", path));
    }
}
