using Breakwater.Instruments;

namespace Breakwater.Cli.Terminal;

/// <summary>A file that an option of a verb names for what it makes.</summary>
internal static class OutputFile
{
    /// <summary>Writes the text whole; why it could not be written, or <c>null</c>.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="text">Its content.</param>
    public static Failure? TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Failure(FailureReason.Unreadable, exception.Message, path);
        }
    }
}
