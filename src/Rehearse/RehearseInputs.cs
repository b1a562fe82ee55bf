using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Rehearse;

internal sealed class RehearseInputs(Inputs inputs)
{
    public string Repo { get; } = inputs.Text("repo", "The repository whose release is played; it is only read.", fallback: ".");

    public string? Tag { get; } = inputs.OptionalText("tag", "The tag to release. Where the repository does not have it yet, it is made at HEAD, in the copy.");

    public string? Name { get; } = inputs.OptionalText("name", "The repository's name on GitHub, as owner/name. By default read from the remote origin.");

    public string? Registry { get; } = inputs.OptionalText("registry", "A real registry and path for the images, such as localhost:5000/acme. By default the sandbox's own.");

    public string Output { get; } = inputs.Text("output", "The folder for the copy, the sandbox and everything the release makes public.", fallback: "rehearsal");

    public string? Programs { get; } = inputs.OptionalText("programs", "The folder with the programs of the actions, to rehearse with published ones. By default beside this program.");

    public string? ActionImages { get; } = inputs.OptionalText("action-images", "Run the actions in containers, as a runner does: the image with its tag, such as release-actions:test. By default as programs.");

    public bool Again { get; } = inputs.Flag("again", "Release once more on what the last rehearsal left behind, as a rerun does.", fallback: false);

    public bool Sample { get; } = inputs.Flag("sample", "Release the bundled sample instead of a repository.", fallback: false);

    public bool DryRun { get; } = inputs.Flag("dry-run", "Show the steps and play none.", fallback: false);
}
