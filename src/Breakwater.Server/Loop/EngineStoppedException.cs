namespace Breakwater.Server.Loop;

/// <summary>An event was not acknowledged: the loop has stopped. Whether the event will be found in the journal when it
/// is opened again is not known; the same command may be sent again then.</summary>
/// <param name="message">Why it stopped.</param>
/// <param name="cause">What stopped it; <c>null</c> if it was asked to.</param>
internal sealed class EngineStoppedException(string message, Exception? cause = null) : Exception(message, cause);
