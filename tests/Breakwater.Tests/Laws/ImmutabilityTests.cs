using System.Reflection;
using System.Runtime.CompilerServices;

namespace Breakwater.Tests.Laws;

public sealed class ImmutabilityTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] MutableCollections =
    [
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(SortedDictionary<,>), typeof(SortedList<,>),
        typeof(SortedSet<>), typeof(Queue<>), typeof(Stack<>), typeof(IList<>), typeof(IDictionary<,>),
        typeof(ICollection<>),
    ];

    // Functions of plain numbers whose result is a new array that the caller alone owns.
    private static readonly string[] FreshArrays =
        ["CounterBasedGenerators.Block", "NearestCorrelation.Of", "WeightAllocation.Distribute",
            "ScenarioEncoding.Bytes"];

    public static IEnumerable<Type> PublicTypes =>
        CoreCode.Types.Concat(typeof(Breakwater.Adapters.Files.ParameterFile).Assembly.GetTypes())
            .Where(type => type.IsVisible);

    [Fact]
    public void No_public_property_has_a_setter() =>
        Law.Holds(
            from type in PublicTypes
            from property in type.GetProperties(Declared)
            where property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type.FullName}.{property.Name}");

    [Fact]
    public void No_public_field_can_be_assigned() =>
        Law.Holds(
            from type in PublicTypes
            where !type.IsEnum
            from field in type.GetFields(Declared)
            where field is { IsInitOnly: false, IsLiteral: false }
            select $"{type.FullName}.{field.Name}");

    [Fact]
    public void No_public_property_or_result_is_a_mutable_collection() =>
        Law.Holds(
            from type in PublicTypes
            from member in Exposed(type)
            where IsMutableCollection(member.Type) && !FreshArrays.Contains($"{type.Name}.{member.Name}")
            select $"{type.FullName}.{member.Name}: {member.Type}");

    [Fact]
    public void Public_structs_are_readonly() =>
        Law.Holds(
            from type in PublicTypes
            where type is { IsValueType: true, IsEnum: false }
                && type.GetCustomAttribute<IsReadOnlyAttribute>() is null
            select type.FullName);

    [Fact]
    public void Public_classes_are_sealed_static_or_closed_hierarchies() =>
        Law.Holds(
            from type in PublicTypes
            where type is { IsClass: true, IsSealed: false }
                && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public).Length > 0
            select type.FullName);

    private static IEnumerable<(string Name, Type Type)> Exposed(Type type) =>
        type.GetProperties(Declared).Select(property => (property.Name, property.PropertyType))
            .Concat(type.GetMethods(Declared).Where(method => !method.IsSpecialName)
                .Select(method => (method.Name, method.ReturnType)));

    private static bool IsMutableCollection(Type type) =>
        type.IsArray || (type.IsGenericType && MutableCollections.Contains(type.GetGenericTypeDefinition()));
}
