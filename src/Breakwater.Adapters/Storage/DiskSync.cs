using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Breakwater.Adapters.Storage;

/// <summary>Makes files and names durable, and says so when the system cannot.</summary>
/// <remarks>
/// Linux is asked itself: the base library swallows three answers of a sync, among them "read-only file system", which
/// is what ext4 answers after it has given up on a disk; and it cannot open a folder. macOS (where the base library
/// asks the drive to empty its cache) and Windows go through the base library; Windows keeps names durable by itself.
/// </remarks>
internal static class DiskSync
{
    private const string Libc = "libc";
    private const int Interrupted = 4; // EINTR of Linux
    private const int NoSpaceLeft = 28; // ENOSPC of Linux and macOS
    private const int QuotaUsed = 122; // EDQUOT of Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL as an HRESULT
    private const int LinuxWouldBlock = 11; // EWOULDBLOCK of Linux
    private const int MacWouldBlock = 35; // EWOULDBLOCK of macOS
    private const int WindowsSharingViolation = unchecked((int)0x80070020); // ERROR_SHARING_VIOLATION as an HRESULT
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Returns when the bytes of a file and its length are durable.</summary>
    /// <param name="handle">The open file.</param>
    /// <param name="name">Its name, for the message.</param>
    /// <exception cref="DiskException">They may not be.</exception>
    internal static void File(SafeFileHandle handle, string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            try
            {
                RandomAccess.FlushToDisk(handle);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new DiskException(Kind(exception), $"{name}: {exception.Message}", exception);
            }
        }

        while (fdatasync(handle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) throw NotSynced(name, error);
        }
    }

    /// <summary>Returns when the names in a folder are durable.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <exception cref="DiskException">They may not be.</exception>
    internal static void Folder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = open(folder, ReadOnly);
        if (descriptor < 0) throw NotSynced(folder, Marshal.GetLastPInvokeError());
        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        while (fsync(handle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) throw NotSynced(folder, error);
        }
    }

    /// <summary>Whether an exception means that there is no space left.</summary>
    internal static bool IsFull(Exception exception) =>
        exception is IOException && exception.HResult is NoSpaceLeft or QuotaUsed or WindowsDiskFull;

    /// <summary>Whether an exception means that another process holds the file.</summary>
    internal static bool IsHeldByAnother(IOException exception) =>
        exception.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation;

    private static DiskFailure Kind(Exception exception) =>
        IsFull(exception) ? DiskFailure.Full : DiskFailure.NotSynced;

    private static DiskException NotSynced(string name, int error) => new(
        error is NoSpaceLeft or QuotaUsed ? DiskFailure.Full : DiskFailure.NotSynced,
        $"{name}: cannot be made durable: {Marshal.GetPInvokeErrorMessage(error)}");

#pragma warning disable SYSLIB1054, IDE1006, CA2101 // Three plain calls of C; names are theirs, text is ASCII or UTF-8.
    [DllImport(Libc, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fdatasync(SafeFileHandle file);

    [DllImport(Libc, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport(Libc, SetLastError = true, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
#pragma warning restore SYSLIB1054, IDE1006, CA2101
}
