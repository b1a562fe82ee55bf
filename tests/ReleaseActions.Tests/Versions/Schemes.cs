using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Schemes by the names that tests give them: <c>semver-loose</c>, <c>YYYY.0M.MICRO</c>.</summary>
internal static class Schemes
{
    public static VersionScheme Of(string name)
    {
        var (scheme, wrong) = VersionSchemes.Names.Contains(name) ? VersionSchemes.Of(name, null) : VersionSchemes.Of("calver", name);
        return scheme ?? throw new ArgumentException($"{name}: {wrong}");
    }

    public static ReleaseVersion Version(this VersionScheme scheme, string text) =>
        scheme.Find(text) ?? throw new ArgumentException($"{scheme.Name}: {text}");
}
