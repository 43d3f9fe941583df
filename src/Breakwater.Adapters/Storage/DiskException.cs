namespace Breakwater.Adapters.Storage;

/// <summary>What a disk refused to do.</summary>
public enum DiskFailure
{
    /// <summary>There is no such file or folder.</summary>
    Missing,

    /// <summary>The file cannot be opened, read, written, renamed or listed.</summary>
    Refused,

    /// <summary>There is no space left, or the quota is used up.</summary>
    Full,

    /// <summary>Written bytes or names could not be made durable.</summary>
    NotSynced,
}

/// <summary>A disk did not do what it was asked; how much of a write happened is not known.</summary>
/// <param name="failure">What failed.</param>
/// <param name="message">In words, with the name of the file.</param>
/// <param name="cause">What the system said; <c>null</c> if nothing.</param>
public sealed class DiskException(DiskFailure failure, string message, Exception? cause = null)
    : IOException(message, cause)
{
    /// <summary>What failed.</summary>
    public DiskFailure Failure { get; } = failure;
}
