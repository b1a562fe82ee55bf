using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>What one lock file pins.</summary>
/// <param name="Components">Its packages, each once.</param>
/// <param name="Direct">The references of those that the project itself requires; null where the file does not say which they are.</param>
internal sealed record LockFile(IReadOnlyList<Component> Components, IReadOnlyList<string>? Direct)
{
    private static readonly Dictionary<string, Func<string, LockFile>> Readers = new(StringComparer.Ordinal)
    {
        ["package-lock.json"] = NpmLock.Read,
        ["npm-shrinkwrap.json"] = NpmLock.Read,
        ["packages.lock.json"] = NuGetLock.Read,
        ["poetry.lock"] = PoetryLock.Read,
        ["uv.lock"] = UvLock.Read,
        ["Pipfile.lock"] = PinnedPython.ReadPipfile,
        ["requirements.txt"] = PinnedPython.ReadRequirements,
        ["Cargo.lock"] = CargoLock.Read,
        ["go.mod"] = GoModule.Read,
    };

    /// <summary>The names of the files that are supported.</summary>
    public static IEnumerable<string> Names => Readers.Keys;

    /// <summary>Packages by name. A dependency means every version of its name, so their number is bounded.</summary>
    /// <exception cref="FormatException">A package has more than 100 versions.</exception>
    public static ILookup<string, T> ByName<T>(IEnumerable<T> packages, Func<T, string> nameOf)
    {
        const int MostVersions = 100;
        var byName = packages.ToLookup(nameOf);
        return byName.FirstOrDefault(versions => versions.Count() > MostVersions) is not { } hostile
            ? byName
            : throw new FormatException($"it has {hostile.Count()} versions of '{hostile.Key}'");
    }

    /// <summary>Reads a lock file by its name; any <c>.txt</c>, such as <c>requirements-prod.txt</c>, holds pip's requirements.</summary>
    /// <exception cref="ActionException">It is not supported, or is broken (exit 2).</exception>
    public static LockFile Read(string path, string text)
    {
        var name = Path.GetFileName(path);
        var reader = Readers.GetValueOrDefault(name.EndsWith(".txt", StringComparison.Ordinal) ? "requirements.txt" : name)
            ?? throw ActionException.BadInput(
                $"'{PlainText.Inert(path)}' is not a lock file that is supported", $"Name one of these: {string.Join(", ", Names)}");
        try
        {
            return reader(text.TrimStart('\uFEFF'));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            var reason = e is FormatException ? e.Message : "it is not in the format that its tool writes";
            var message = $"'{PlainText.Inert(path)}' cannot be read: {PlainText.Inert(reason)}";
            const string Remedy = "Write it again with its own tool, or name the right files in `lockfiles`";
            throw new ActionException(ExitCode.BadInput, [new Finding(message, Remedy, path)]);
        }
    }
}
