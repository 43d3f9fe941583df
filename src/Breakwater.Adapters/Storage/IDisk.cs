namespace Breakwater.Adapters.Storage;

/// <summary>One folder of files, as the journal needs it: few verbs, each of which either did what it says or
/// throws.</summary>
/// <remarks>
/// Nothing is durable before it was synced: bytes of a file by <see cref="IDiskFile.Sync"/>, names (creation, renaming,
/// deletion) by <see cref="SyncFolder"/>. <see cref="FolderDisk"/> is a real folder; the tests have one in memory that
/// crashes and lies. Every member may throw <see cref="DiskException"/>.
/// </remarks>
public interface IDisk
{
    /// <summary>What a person would call the place, for messages.</summary>
    string Place { get; }

    /// <summary>Names of the files in the folder, in ordinal order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Takes the folder for this process alone until the result is disposed.</summary>
    /// <returns>The lock; <c>null</c> if somebody else holds it.</returns>
    IDisposable? TryLock();

    /// <summary>Opens an existing file for reading.</summary>
    /// <param name="name">Its name, without folder.</param>
    IDiskFile OpenToRead(string name);

    /// <summary>Opens an existing file for reading and writing.</summary>
    /// <param name="name">Its name, without folder.</param>
    IDiskFile OpenToWrite(string name);

    /// <summary>Creates an empty file; an existing one of that name is emptied.</summary>
    /// <param name="name">Its name, without folder.</param>
    IDiskFile Create(string name);

    /// <summary>Renames a file; an existing one of the new name is replaced.</summary>
    /// <param name="name">Name it has.</param>
    /// <param name="newName">Name it gets.</param>
    void Rename(string name, string newName);

    /// <summary>Deletes a file; one that is not there is deleted already.</summary>
    /// <param name="name">Its name, without folder.</param>
    void Delete(string name);

    /// <summary>Returns when creations, renamings and deletions so far are durable.</summary>
    void SyncFolder();
}

/// <summary>One open file of an <see cref="IDisk"/>.</summary>
/// <remarks>Reading beside writing by other threads is allowed; what is read of bytes being written is either of
/// both.</remarks>
public interface IDiskFile : IDisposable
{
    /// <summary>Its name, without folder.</summary>
    string Name { get; }

    /// <summary>Length, bytes.</summary>
    long LengthBytes { get; }

    /// <summary>Reads as many bytes as there are, at most the length of the buffer.</summary>
    /// <param name="offset">Where to begin, bytes from the start of the file, ≥ 0.</param>
    /// <param name="buffer">Filled from its start.</param>
    /// <returns>Bytes read; fewer than asked for only at the end of the file.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes, or throws with an unknown part of them written.</summary>
    /// <param name="offset">Where to begin, bytes from the start of the file, ≥ 0; the file grows as needed.</param>
    /// <param name="bytes">What to write.</param>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything written so far, and the length, are durable.</summary>
    /// <remarks>After it has thrown, nobody knows what is durable, and a second call proves nothing: the system may
    /// have forgotten which bytes it failed to write. The caller stops.</remarks>
    void Sync();
}
