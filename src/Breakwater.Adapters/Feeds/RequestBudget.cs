namespace Breakwater.Adapters.Feeds;

/// <summary>What may still be asked of a venue: credits that come back with time, so that we never exceed its
/// limits.</summary>
internal sealed class RequestBudget(VenueBudget budget, TimeProvider time)
{
    private double _credits = budget.CreditsMax;
    private long _at = time.GetTimestamp();

    /// <summary>Spends credits if there are enough.</summary>
    /// <param name="cost">Credits.</param>
    internal bool TrySpend(int cost)
    {
        long now = time.GetTimestamp();
        _credits = Math.Min(
            budget.CreditsMax, _credits + (budget.CreditsPerSecond * time.GetElapsedTime(_at, now).TotalSeconds));
        _at = now;
        bool isEnough = _credits >= cost;
        _credits -= isEnough ? cost : 0;
        return isEnough;
    }
}
