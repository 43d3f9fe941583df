namespace Breakwater.Adapters.Storage;

/// <summary>Files that have not got their name yet: after a crash they are nothing.</summary>
internal static class TemporaryFiles
{
    /// <summary>How their names end.</summary>
    internal const string NameEnd = ".tmp";

    /// <summary>Deletes what a crash has left.</summary>
    internal static void Clear(IDisk disk)
    {
        foreach (string name in disk.List().Where(name => name.EndsWith(NameEnd, StringComparison.Ordinal)))
        {
            disk.Delete(name);
        }
    }
}
