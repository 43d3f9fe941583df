namespace Breakwater.Adapters.Storage;

/// <summary>Sees a log as it is walked.</summary>
internal abstract class LogVisitor
{
    /// <summary>Whether a full segment need not be read, because a snapshot covers it and all else of it is
    /// known.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="next">The one after it.</param>
    internal virtual bool Skips(SegmentHeader segment, SegmentHeader next) => false;

    /// <summary>A segment is about to be read.</summary>
    internal virtual void Begin(SegmentHeader segment)
    {
    }

    /// <summary>A record continues the log.</summary>
    /// <param name="frame">Its bytes; valid during the call.</param>
    internal abstract void See(ReadOnlySpan<byte> frame);

    /// <summary>A full segment was read, and nothing is wrong with it.</summary>
    internal virtual void End(SegmentHeader segment, SegmentHeader next)
    {
    }
}
