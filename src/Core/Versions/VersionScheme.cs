using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>Which number a release raises.</summary>
public enum VersionStep
{
    /// <summary>The third.</summary>
    Patch,

    /// <summary>The second.</summary>
    Minor,

    /// <summary>The first.</summary>
    Major,
}

/// <summary>
/// The way in which a team numbers its versions: how one is read, what comes next, and how a word is written behind it. The policy's
/// <c>version.scheme</c> names it, and every version of a run is read by it. Pure.
/// </summary>
public abstract class VersionScheme
{
    /// <summary>The word for it in the policy.</summary>
    public abstract string Name { get; }

    /// <summary>A stable version, for messages.</summary>
    public virtual string Example => "1.2.3";

    /// <summary>The form of a version, as a sentence.</summary>
    public abstract string Form { get; }

    /// <summary>The legal words of a prerelease where the policy lists none.</summary>
    public virtual IReadOnlyList<string> UsualPrereleases => ["preview", "alpha", "beta", "rc"];

    /// <summary>The words of post-releases where the policy lists none.</summary>
    public virtual IReadOnlyList<string> UsualPostReleases => [];

    /// <summary>
    /// Whether the scheme says of each word whether it comes before or after the stable version; else the policy's post-releases decide.
    /// </summary>
    public virtual bool HasFixedOrder => false;

    /// <summary>Whether a word without a number is another version than the same word with 0.</summary>
    public virtual bool HasBareWords => true;

    /// <summary>Reads a version; null where the scheme does not allow it.</summary>
    public abstract ReleaseVersion? Find(string text);

    /// <summary>What is wrong with a text that should be a version, and what was probably meant; null where nothing is wrong.</summary>
    internal virtual (string Wrong, string? Meant)? Complaint(string text)
    {
        if (Find(text) is not null) return null;
        if (text.Length == 0) return ("it is empty", null);
        if (text.Length > ReleaseVersion.MostCharacters) return ($"it has {text.Length} characters", null);
        if (text[0] is 'v' or 'V') return ("it begins with a letter", IfVersion(text[1..]));
        return ($"it does not fit the scheme {Name}", null);
    }

    /// <summary>The scheme's spelling of a word of the policy, as <see cref="ReleaseVersion.Label"/> has it.</summary>
    public virtual string Word(string word) => word;

    /// <summary>How many of a version's numbers name its line, within which versions increase.</summary>
    public virtual int NumbersOfLine => 2;

    /// <summary>The text of a version with a word and a number, such as <c>1.2.3-rc.1</c>.</summary>
    /// <param name="core">The stable version.</param>
    /// <param name="word">The word.</param>
    /// <param name="number">The number.</param>
    public virtual string WithLabel(string core, string word, BigInteger number) => $"{core}-{word}.{number}";

    /// <summary>The text of the stable version after another one.</summary>
    /// <param name="old">The version before it.</param>
    /// <param name="step">Which number is raised.</param>
    /// <param name="today">The day of the release; null keeps the day of the version before it.</param>
    /// <exception cref="ActionException">There is none (exit 3).</exception>
    public virtual string Next(ReleaseVersion old, VersionStep step, DateOnly? today) => Raised(old.Line(old.Numbers.Count), step);

    /// <summary>The text of the first version of all, before any was released.</summary>
    public virtual string First(DateOnly today) => "0.1.0";

    /// <summary>Whether the day of a release, rather than what changed, decides its numbers.</summary>
    public virtual bool IsByDate => false;

    /// <summary>Whether a text is a version.</summary>
    private protected string? IfVersion(string text) => Find(text) is null ? null : text;

    /// <summary>Numbers with one of them raised and those after it 0: as many as there were, and at least down to the raised one.</summary>
    private protected static string Raised(string numbers, VersionStep step)
    {
        var parts = numbers.Split('.').ToList();
        var at = (int)VersionStep.Major - (int)step;
        while (parts.Count <= at) parts.Add("0");
        for (var i = at + 1; i < parts.Count; i++) parts[i] = "0";
        var raised = $"{BigInteger.Parse(parts[at], System.Globalization.CultureInfo.InvariantCulture) + 1}";
        // A number that was written with zeros before it keeps its width.
        parts[at] = parts[at].Length > 1 && parts[at][0] == '0' ? raised.PadLeft(parts[at].Length, '0') : raised;
        return string.Join('.', parts);
    }
}
