using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Manifests;

/// <summary>Writing a version into a file that says one.</summary>
public sealed partial record ManifestPlace
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>
    /// The text with the version written at each of its keys, and every other character as it was. A spelling that means the version already
    /// stays; a <c>pyproject.toml</c> gets PEP 440's.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="version">The version.</param>
    /// <param name="order">The policy's order, which says what a post-release is to Python.</param>
    /// <exception cref="ActionException">The file says no version, or says it in a way that cannot be replaced where it stands (exit 2).</exception>
    public string Write(string text, SemanticVersion version, VersionOrder order)
    {
        var body = text.TrimStart(ByteOrderMark);
        var found = Find(body);
        var problems = found.Versions.Select(v => WhyNot(v, body)).OfType<Finding>().ToList();
        if (problems.Count > 0) throw new ActionException(ExitCode.BadInput, problems);
        var wanted = found.Versions.Where(v => !Means(v.Says.Version!, version, order)).Select(v => v.Says.Key).Distinct().ToDictionary(key => key, _ => SpellingOf(version, order));
        var (written, also) = KeyedEdits.Write(body, found.Keys, wanted, t => Find(t).Keys);
        if (also is not null) throw ActionException.BadInput($"Writing {version} into {this} would change '{also}' as well", "Give each key its own value, and run it again");
        return text[..^body.Length] + written;
    }

    // pip reads both spellings, and shows its own: what the file says is what a user sees.
    private string SpellingOf(SemanticVersion version, VersionOrder order) => Path.GetFileName(File) == "pyproject.toml" ? RegistryNames.Python(version, order) ?? version.Text : version.Text;

    private static bool Means(string spelling, SemanticVersion version, VersionOrder order) => spelling == version.Text || spelling == RegistryNames.Python(version, order);

    private Finding? WhyNot(FoundVersion found, string text)
    {
        var (says, keyed) = found;
        if (says.Version is null) return At(says, $"{this}: {says.Problem}", says.Remedy);
        if (keyed.IsAssignedAgain) return At(says, $"{this}: '{says.Key}' stands there more than once, and which one counts is not for a program to say", "Keep one of them, or name another key as file#key");
        if (!says.Version.All(IsOfVersions)) return At(says, $"{this}: '{says.Key}' holds something other than a plain version", "Let it hold the version alone, or name the key as file#key");
        if (says.Version.Length > 0 && KeyedEdits.StandsThere(text, keyed)) return null;
        return At(says, $"{this}: '{says.Key}' is written in a way that cannot be replaced where it stands", "Write the version as a plain text on one line, without escapes and aliases");
    }

    // Whatever else stands there, an expression say or a whole program, would be lost. Python writes epochs with an exclamation mark.
    private static bool IsOfVersions(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '!' or '_';

    private Finding At(ManifestVersion says, string message, string remedy) => new(message, remedy, File, says.Line);
}
