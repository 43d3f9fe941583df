namespace Breakwater.Adapters.Storage;

/// <summary>A point that one thread moves and others read, whole.</summary>
internal sealed class DurablePoint(JournalPoint start)
{
    private readonly Lock _gate = new();
    private JournalPoint _point = start;

    internal JournalPoint Value
    {
        get
        {
            lock (_gate) return _point;
        }
    }

    internal void Set(JournalPoint point)
    {
        lock (_gate) _point = point;
    }
}
