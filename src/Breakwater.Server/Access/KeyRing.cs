using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Breakwater.Server.Access;

/// <summary>The keys that the server knows.</summary>
/// <param name="Keys">The keys; names once each.</param>
internal sealed record KeyRing(ImmutableArray<ApiKey> Keys)
{
    private const string Scheme = "Bearer ";
    private const int SecretLengthMax = 256;

    /// <summary>The key of an Authorization header; <c>null</c> if it is of none.</summary>
    /// <remarks>Every key is compared, each in constant time: how long it takes tells nothing.</remarks>
    /// <param name="authorization">The header's text; <c>null</c> if it was not sent.</param>
    internal ApiKey? Find(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.Ordinal)
            || authorization.Length > SecretLengthMax)
        {
            return null;
        }

        ImmutableArray<byte> hash = ApiKey.HashOf(authorization[Scheme.Length..]);
        ApiKey? found = null;
        foreach (ApiKey key in Keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash.AsSpan(), hash.AsSpan())) found = key;
        }

        return found;
    }
}
