using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Server.Access;

/// <summary>A key as the server keeps it: never the secret, only its SHA-256.</summary>
/// <param name="Name">Name of its holder, 1–15 lower-case letters, digits and -; names of commands are his own, so that
/// those of two holders never meet.</param>
/// <param name="Hash">SHA-256 of the secret, 32 bytes.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Subaccounts">Subaccounts it sees, in ordinal order; ignored where <paramref name="SeesAll"/>.</param>
/// <param name="SeesAll">Whether it sees every subaccount.</param>
internal sealed record ApiKey(
    string Name, ImmutableArray<byte> Hash, Scope Scopes, ImmutableArray<string> Subaccounts, bool SeesAll)
{
    /// <summary>Longest name, characters.</summary>
    internal const int NameLengthMax = 15;

    private const string SecretStart = "bw_";
    private const int SecretBytes = 32; // 256 random bits: nothing to guess, so one plain hash is enough

    /// <summary>A new secret, from the system's source of randomness.</summary>
    internal static string NewSecret() =>
        SecretStart + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The hash that is kept of a secret.</summary>
    /// <param name="secret">The secret.</param>
    internal static ImmutableArray<byte> HashOf(string secret) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(secret))];

    /// <summary>Whether the name has the form.</summary>
    /// <param name="name">The name.</param>
    internal static bool IsName(string name) => name.Length is > 0 and <= NameLengthMax
        && name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>Whether another key has the same holder, secret, scopes and subaccounts.</summary>
    /// <param name="other">The other key.</param>
    internal bool IsSameAs(ApiKey other) => Name == other.Name && Scopes == other.Scopes && SeesAll == other.SeesAll
        && Hash.AsSpan().SequenceEqual(other.Hash.AsSpan())
        && Subaccounts.AsSpan().SequenceEqual(other.Subaccounts.AsSpan());

    /// <summary>Whether the key may do something.</summary>
    /// <param name="scope">What.</param>
    internal bool May(Scope scope) => (Scopes & scope) == scope;

    /// <summary>Whether the key sees a subaccount.</summary>
    /// <param name="subaccount">Its name.</param>
    internal bool Sees(string subaccount) =>
        SeesAll || Subaccounts.BinarySearch(subaccount, StringComparer.Ordinal) >= 0;
}
