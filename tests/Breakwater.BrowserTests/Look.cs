using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>How a visitor looks at the dashboard.</summary>
/// <param name="Width">Width of the window, CSS pixels.</param>
/// <param name="Height">Its height.</param>
/// <param name="Scheme">Light or dark.</param>
internal sealed record Look(int Width, int Height, ColorScheme Scheme)
{
    /// <summary>A desk, by day.</summary>
    internal static Look Desk { get; } = new(1440, 900, ColorScheme.Light);

    /// <summary>A telephone, by day.</summary>
    internal static Look Phone { get; } = new(390, 844, ColorScheme.Light);

    /// <summary>The same at night.</summary>
    internal Look AtNight => this with { Scheme = ColorScheme.Dark };

    /// <inheritdoc/>
    public override string ToString() => $"{Width}-{Scheme.ToString().ToLowerInvariant()}";
}
