using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace ReleaseActions.SbomChecksum;

/// <summary>A package URL (ECMA-427), which identifies one package of one ecosystem, in its canonical form.</summary>
/// <param name="Type">The ecosystem, such as <c>npm</c>.</param>
/// <param name="Namespace">The namespace of the name, such as <c>@angular</c> or <c>github.com/gorilla</c>, or null.</param>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version, or null.</param>
internal sealed record PackageUrl(string Type, string? Namespace, string Name, string? Version)
{
    /// <summary>Further names and values, written in the order of their names.</summary>
    public IReadOnlyDictionary<string, string> Qualifiers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>A path inside the package, or null.</summary>
    public string? Subpath { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var type = Type.ToLowerInvariant();
        var url = new StringBuilder($"pkg:{type}/");
        foreach (var part in Parts(Namespace)) url.Append(Encoded(Cased(type, part))).Append('/');
        url.Append(Encoded(NameFor(type)));
        if (!string.IsNullOrEmpty(Version)) url.Append('@').Append(Encoded(Version));
        var mark = '?';
        foreach (var (key, value) in Qualifiers.Where(q => q.Value.Length > 0).OrderBy(q => q.Key, StringComparer.Ordinal))
        {
            url.Append(mark).Append(key.ToLowerInvariant()).Append('=').Append(Encoded(value));
            mark = '&';
        }

        var subpath = string.Join('/', Parts(Subpath).Where(p => p is not ("." or "..")).Select(Encoded));
        return subpath.Length == 0 ? url.ToString() : $"{url}#{subpath}";
    }

    private string NameFor(string type) => type == "pypi" ? Name.ToLowerInvariant().Replace('_', '-') : Cased(type, Name);

    // The types whose registries ignore case.
    private static string Cased(string type, string text) =>
        type is "apk" or "deb" or "docker" or "github" or "golang" or "oci" ? text.ToLowerInvariant() : text;

    private static string[] Parts(string? path) => (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string Encoded(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or ':') encoded.Append(c);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return encoded.ToString();
    }
}
