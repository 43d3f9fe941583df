using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Server.Loop;

/// <summary>An event on its way to the loop, and who waits for its answer.</summary>
/// <param name="make">Makes the event when the loop takes it in and knows its time.</param>
internal sealed class Submission(Func<Timestamp, RiskEvent> make)
    : TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The event at an instant.</summary>
    internal RiskEvent At(Timestamp at) => make(at);
}
