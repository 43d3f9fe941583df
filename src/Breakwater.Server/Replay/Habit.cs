using System.Collections.Immutable;

namespace Breakwater.Server.Replay;

/// <summary>How a subaccount of the demonstration trades.</summary>
internal enum Habit
{
    /// <summary>Quotes to everybody else: takes the other side of every trade.</summary>
    Maker,

    /// <summary>Holds coin, buys puts on it and sells the perpetual against it.</summary>
    Hedger,

    /// <summary>Buys the perpetual with borrowed strength.</summary>
    LeveragedLong,

    /// <summary>Sells calls and puts out of the money.</summary>
    OptionWriter,
}

/// <summary>A subaccount of the demonstration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Habit">How it trades.</param>
/// <param name="Number">Its number among all, from 0: its draws are its own.</param>
internal sealed record Participant(string Name, Habit Habit, int Number)
{
    /// <summary>A population: one in seven is a maker, the others share the habits equally.</summary>
    /// <param name="count">Subaccounts; ≥ 4.</param>
    internal static ImmutableArray<Participant> Of(int count)
    {
        const int OneMakerIn = 7;
        return
        [
            .. Enumerable.Range(0, count).Select(static number =>
            {
                Habit habit = number % OneMakerIn == 0
                    ? Habit.Maker
                    : (Habit)(1 + (number - (number / OneMakerIn) - 1) % 3);
                string kind = habit switch
                {
                    Habit.Maker => "maker",
                    Habit.Hedger => "hedger",
                    Habit.LeveragedLong => "long",
                    _ => "writer",
                };
                return new Participant(FormattableString.Invariant($"{kind}-{number:000}"), habit, number);
            }),
        ];
    }
}
