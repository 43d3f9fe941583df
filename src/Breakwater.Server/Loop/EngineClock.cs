using Breakwater.Instruments;

namespace Breakwater.Server.Loop;

/// <summary>Engine time: a start that passes as fast as is asked. A live server starts it now with speed 1, a replay at
/// the recorded time with the speed of the replay.</summary>
/// <param name="start">Engine time at the moment of creation.</param>
/// <param name="speed">Seconds of engine time per second; 0: it stands.</param>
/// <param name="time">The clock it runs by; it never goes back.</param>
internal sealed class EngineClock(Timestamp start, double speed, TimeProvider time)
{
    private readonly Lock _gate = new();
    private (Timestamp At, long Since, double Speed) _anchor = (start, time.GetTimestamp(), speed);

    /// <summary>Engine time now.</summary>
    public Timestamp Now
    {
        get
        {
            lock (_gate) return NowUnlocked();
        }
    }

    /// <summary>Goes on from an instant with another speed.</summary>
    /// <param name="at">Engine time from now on.</param>
    /// <param name="speed">Seconds of engine time per second; 0: it stands there.</param>
    public void GoOn(Timestamp at, double speed)
    {
        lock (_gate) _anchor = (at, time.GetTimestamp(), speed);
    }

    private Timestamp NowUnlocked() => _anchor.At.AddMilliseconds(
        (long)(time.GetElapsedTime(_anchor.Since).TotalMilliseconds * _anchor.Speed));
}
