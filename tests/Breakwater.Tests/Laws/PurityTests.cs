using System.Reflection;

namespace Breakwater.Tests.Laws;

/// <summary>The core is pure (STYLE 4): what the analyzers ban in source is absent from its instructions too.</summary>
public sealed class PurityTests
{
    private static readonly string[] Transcendental =
    [
        "Exp", "ExpM1", "Exp2", "Exp10", "Log", "Log1P", "LogP1", "Log2", "Log10", "Pow", "Sin", "Cos", "SinCos", "Tan",
        "SinPi", "CosPi", "TanPi", "Sinh", "Cosh", "Tanh", "Asin", "Acos", "Atan", "Atan2", "Asinh", "Acosh", "Atanh",
        "Cbrt", "RootN", "Hypot", "ReciprocalEstimate", "ReciprocalSqrtEstimate",
    ];

    private static readonly string[] BannedTypes =
    [
        "System.Random", "System.Environment", "System.Console", "System.TimeProvider", "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Numerics.Complex", "System.MathF",
        "System.AppContext", "System.Activator",
    ];

    private static readonly string[] BannedNamespaces =
    [
        "System.IO", "System.Net", "System.Threading", "System.Threading.Tasks", "System.Diagnostics.Tracing",
        "System.Globalization.CultureInfo", "Microsoft.Win32",
    ];

    [Fact]
    public void No_instruction_of_the_core_reaches_the_clock_the_world_or_ambient_randomness() =>
        AssertNone(used => (BannedTypes.Contains(used.DeclaringType?.FullName)
                // The compiler writes this call into every iterator it makes; it decides nothing.
                && used.Name != "get_CurrentManagedThreadId")
            || BannedNamespaces.Contains(used.DeclaringType?.Namespace)
            || used is MethodInfo
            {
                Name: "get_Now" or "get_UtcNow" or "get_Today" or "NewGuid" or "get_CurrentCulture",
            });

    [Fact]
    public void No_instruction_of_the_core_calls_a_transcendental_function_of_the_library() =>
        AssertNone(used => used is MethodInfo { DeclaringType: { } type }
            && type.Assembly != CoreCode.Assembly
            && Transcendental.Contains(used.Name)
            // Whole numbers: exact on every platform.
            && type.FullName is not ("System.Numerics.BigInteger" or "System.Numerics.BitOperations")
            && (type.Namespace!.StartsWith("System.Numerics", StringComparison.Ordinal)
                || type.Namespace.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal)
                || type.FullName is "System.Math" or "System.Double" or "System.Single" or "System.Half"));

    [Fact]
    public void No_instruction_of_the_core_enumerates_a_hash_table() =>
        AssertNone(used => used is MethodInfo { Name: "GetEnumerator" or "get_Keys" or "get_Values" }
            && used.DeclaringType is { IsGenericType: true } type
            && (type.Name.StartsWith("Dictionary`", StringComparison.Ordinal)
                || type.Name.StartsWith("HashSet`", StringComparison.Ordinal)
                || type.Name.StartsWith("ImmutableDictionary`", StringComparison.Ordinal)
                || type.Name.StartsWith("ImmutableHashSet`", StringComparison.Ordinal)
                || type.Name.StartsWith("FrozenDictionary`", StringComparison.Ordinal)
                || type.Name.StartsWith("FrozenSet`", StringComparison.Ordinal)));

    [Fact]
    public void The_core_has_no_static_field_that_can_change() =>
        Law.Holds(
            from type in CoreCode.Types
            where !CoreCode.IsGenerated(type)
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly)
            where field is { IsInitOnly: false, IsLiteral: false }
                && !field.Name.Contains("__", StringComparison.Ordinal)
            select $"{type.FullName}.{field.Name}");

    private static void AssertNone(Func<MemberInfo, bool> isBanned) =>
        Law.Holds(
            from type in CoreCode.Types
            from use in CoreCode.Uses(type)
            where isBanned(use.Used)
            select $"{use.User.DeclaringType!.FullName}.{use.User.Name} uses {use.Used.DeclaringType}.{use.Used.Name}");
}
