using System.Diagnostics;

namespace Breakwater.Cli.Terminal;

/// <summary>Says on the error stream what is being worked on, once work has taken a second and somebody
/// watches.</summary>
internal sealed class Progress(Shell shell) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _width;

    /// <summary>Names the step that begins now.</summary>
    public void Step(string text)
    {
        if (shell.IsWatched && _clock.Elapsed >= Patience)
        {
            shell.Error.Write("\r" + text.PadRight(_width));
            shell.Error.Flush();
            _width = text.Length;
        }
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            shell.Error.Write("\r" + new string(' ', _width) + "\r");
        }
    }
}
