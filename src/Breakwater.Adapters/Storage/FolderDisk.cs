using Breakwater.Adapters.Files;
using Microsoft.Win32.SafeHandles;

namespace Breakwater.Adapters.Storage;

/// <summary>A real folder.</summary>
public sealed class FolderDisk : IDisk
{
    private const string LockName = "lock";

    private readonly string _folder;

    private FolderDisk(string folder) => _folder = folder;

    /// <inheritdoc/>
    public string Place => _folder;

    /// <summary>A folder that exists.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="DiskException">There is no such folder.</exception>
    public static FolderDisk At(string folder) => Directory.Exists(folder)
        ? new FolderDisk(folder)
        : throw new DiskException(DiskFailure.Missing, $"{folder}: there is no such folder");

    /// <summary>A folder, made durably if it does not exist.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="DiskException">It cannot be made.</exception>
    public static FolderDisk AtOrNew(string folder)
    {
        Doing(folder, () =>
        {
            string path = Path.GetFullPath(folder);
            if (Directory.Exists(path)) return;
            if (File.Exists(path)) throw new IOException("it is a file, and a folder is needed");
            Directory.CreateDirectory(path);
            if (Path.GetDirectoryName(path) is { } parent) DiskSync.Folder(parent);
        });
        return new FolderDisk(folder);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => Doing(_folder, () =>
    {
        string[] names = [.. Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    });

    /// <inheritdoc/>
    public IDisposable? TryLock()
    {
        try
        {
            // An advisory lock of the whole file, which the system drops with the process, however that ends.
            return new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (DiskSync.IsHeldByAnother(exception))
        {
            return null;
        }
        catch (Exception exception) when (InputFile.IsUnreadable(exception))
        {
            throw Translated(_folder, exception);
        }
    }

    /// <inheritdoc/>
    public IDiskFile OpenToRead(string name) => Open(name, FileMode.Open, FileAccess.Read);

    /// <inheritdoc/>
    public IDiskFile OpenToWrite(string name) => Open(name, FileMode.Open, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public IDiskFile Create(string name) => Open(name, FileMode.Create, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public void Rename(string name, string newName) =>
        Doing(name, () => File.Move(PathOf(name), PathOf(newName), overwrite: true));

    /// <inheritdoc/>
    public void Delete(string name) => Doing(name, () => File.Delete(PathOf(name)));

    /// <inheritdoc/>
    public void SyncFolder() => Doing(_folder, () => DiskSync.Folder(_folder));

    private static T Doing<T>(string name, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is not DiskException && InputFile.IsUnreadable(exception))
        {
            throw Translated(name, exception);
        }
    }

    private static void Doing(string name, Action act) => Doing(name, () =>
    {
        act();
        return true;
    });

    private static DiskException Translated(string name, Exception exception) => new(
        exception is FileNotFoundException or DirectoryNotFoundException ? DiskFailure.Missing
            : DiskSync.IsFull(exception) ? DiskFailure.Full : DiskFailure.Refused,
        $"{name}: {exception.Message}",
        exception);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private OpenFile Open(string name, FileMode mode, FileAccess access) => Doing(
        name,
        () => new OpenFile(
            name, File.OpenHandle(PathOf(name), mode, access, FileShare.ReadWrite | FileShare.Delete)));

    private sealed class OpenFile(string name, SafeFileHandle handle) : IDiskFile
    {
        public string Name => name;

        public long LengthBytes => Doing(name, () => RandomAccess.GetLength(handle));

        public int Read(long offset, Span<byte> buffer)
        {
            try
            {
                int count = 0;
                while (count < buffer.Length)
                {
                    int read = RandomAccess.Read(handle, buffer[count..], offset + count);
                    if (read == 0) break;
                    count += read;
                }

                return count;
            }
            catch (Exception exception) when (InputFile.IsUnreadable(exception))
            {
                throw Translated(name, exception);
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            try
            {
                RandomAccess.Write(handle, bytes, offset);
            }
            catch (Exception exception) when (InputFile.IsUnreadable(exception))
            {
                throw Translated(name, exception);
            }
        }

        public void Sync() => DiskSync.File(handle, name);

        public void Dispose() => handle.Dispose();
    }
}
