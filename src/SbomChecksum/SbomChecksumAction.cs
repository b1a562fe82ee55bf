using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.SbomChecksum;

/// <summary>Makes the checksums, the SBOM and the signature of a release.</summary>
internal sealed class SbomChecksumAction : IAction
{
    public string Name => "sbom-checksum";

    public string Description => "Writes checksums.txt, a CycloneDX SBOM and a cosign signature for the files of a release, the same bytes for the same commit.";

    public IReadOnlyList<string> Permissions => ["contents: read"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new SbomChecksumInputs(inputs), new SbomChecksumOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(SbomChecksumInputs inputs, SbomChecksumOutputs outputs, World world, CancellationToken cancellation)
    {
        var paths = PathsOf(inputs, world);
        var key = inputs.SigningKey is { } secret ? await world.Cosign.OpenKeyAsync(secret, inputs.CosignPassword, inputs.AllowUnencryptedKey, cancellation) : null;
        var facts = await ReadFactsAsync(inputs, paths, key, world, cancellation);
        var plan = ArtifactPlan.For(facts);
        world.Summary.Add(inputs.DryRun ? $"{plan.ToMarkdown()}\n\n_A dry run: nothing was written._" : plan.ToMarkdown());
        foreach (var file in facts.Files) world.Log.Step("hash", ("file", file.Path), ("bytes", file.Size), ("sha256", file.Sha256));
        if (plan.Problem is { } problem) throw new ActionException(ExitCode.VerificationFailed, [problem]);
        if (!inputs.DryRun) await ApplyAsync(plan, key, world, cancellation);
        SetOutputs(outputs, plan);
    }

    private static MadePaths PathsOf(SbomChecksumInputs inputs, World world)
    {
        var folder = inputs.Folder ?? world.Policy.Artifacts.Folder;
        var relative = Path.GetRelativePath(world.Workspace.Root, world.Workspace.Resolve(folder));
        var bundle = inputs.BundleName ?? world.Policy.Artifacts.BundleName;
        if (bundle is "" or "checksums.txt" or "sbom.json" or "cosign.pub" || bundle[0] == '.' || !bundle.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw ActionException.BadInput($"The bundle name '{PlainText.Inert(bundle)}' cannot be used", "Name a file without a folder, such as checksums.txt.sigstore.json or package.sigstore");
        return new MadePaths(relative == "." ? "" : relative, bundle);
    }

    private static async Task<ArtifactFacts> ReadFactsAsync(SbomChecksumInputs inputs, MadePaths paths, CosignKey? key, World world, CancellationToken cancellation)
    {
        var release = ReleaseOf(inputs, world);
        var globs = inputs.Files.Count > 0 ? inputs.Files : world.Policy.Artifacts.Files;
        // What an earlier run made is no file to publish again: checksums.txt never lists itself.
        var files = world.Workspace.FindFiles(globs, inputs.FailOnUnmatchedFiles, world.Log.Notice).Where(f => !paths.All.Contains(f.Path)).ToList();
        RefuseNamesOfOurs(files, paths);
        IReadOnlyList<HashedFile> hashed = [.. (await world.Workspace.HashAsync([.. files.Select(f => f.Path)], cancellation)).OrderBy(f => f.Name, StringComparer.Ordinal)];
        var existing = new[] { paths.Checksums, paths.Sbom, paths.PublicKey }.Select(p => (Path: p, Text: world.Workspace.ReadText(p)))
            .Where(e => e.Text is not null).ToDictionary(e => e.Path, e => e.Text!);
        var signing = key is null ? null : await new SigningReading(world, paths, key).ReadAsync(release, cancellation);
        return new ArtifactFacts(await ReadProductAsync(release, world, cancellation), hashed, ReadLockFiles(inputs, world), paths, existing, signing);
    }

    private static void RefuseNamesOfOurs(IReadOnlyList<PublishableFile> files, MadePaths paths)
    {
        var names = paths.All.Select(p => Path.GetFileName(p)).ToHashSet(StringComparer.Ordinal);
        var taken = files.Where(f => names.Contains(f.Name)).ToList();
        if (taken.Count > 0)
            throw new ActionException(ExitCode.BadInput, [.. taken.Select(f => new Finding($"duplicate asset name '{f.Name}': '{f.Path}' has the name of a file that is made here", "Rename it, or take it out of `files`"))]);
    }

    // A run that releases nothing, on a branch say, is told by its commit.
    private static ReleaseTag? ReleaseOf(SbomChecksumInputs inputs, World world)
    {
        world.Policy.RequireUseOfProduct();
        var prefix = world.Policy.Version.TagPrefix;
        var release = inputs.Version is not null ? ReleaseTag.OfRun(inputs.Version, world.Runner.Ref, prefix) : world.Runner.Tag is { } tag ? ReleaseTag.Find(tag, prefix) : null;
        if (release is not null) world.Policy.RequireProduct();
        return release;
    }

    private static async Task<Product> ReadProductAsync(ReleaseTag? release, World world, CancellationToken cancellation)
    {
        var commit = await world.Git.RequireCommitOfRunAsync(null, cancellation);
        var date = await world.Git.CommitDateAsync(commit, cancellation);
        return Product.Of(world.Runner.Repository, Path.GetFileName(world.Workspace.Root), world.Runner.ServerUrl, release, commit, date);
    }

    private static Dictionary<string, LockFile> ReadLockFiles(SbomChecksumInputs inputs, World world)
    {
        var named = inputs.Lockfiles.Count > 0 ? inputs.Lockfiles : world.Policy.Artifacts.Lockfiles;
        // What is installed below the checkout has lock files of its own, which pin nothing of this product.
        var found = named.Count > 0 ? named : world.Workspace.Find([.. LockFile.Names.Select(n => $"**/{n}")], ["**/node_modules/**", "**/vendor/**", "**/.venv/**", "**/site-packages/**"]);
        if (found.Count == 0) world.Log.Notice("No lock file was found: the SBOM lists no packages");
        return found.Distinct().ToDictionary(path => path, path => LockFile.Read(path, world.Workspace.ReadText(path)
            ?? throw ActionException.BadInput($"The lock file '{PlainText.Inert(path)}' is not there", "Name a file of the checkout in `lockfiles`, or leave the input away to have them found")));
    }

    private static async Task ApplyAsync(ArtifactPlan plan, CosignKey? key, World world, CancellationToken cancellation)
    {
        // Signed before anything is written: where signing fails, the folder is as it was.
        var bundle = plan.Signature switch
        {
            SignatureState.New => await SignAsync(plan, key!, world, cancellation),
            SignatureState.Published => plan.Facts.Signing!.Published!.Bundle,
            _ => null,
        };
        Write(plan.Sbom, world);
        Write(plan.Checksums, world);
        if (key is null) return;
        Write(new MadeFile(plan.Facts.Paths.PublicKey, key.PublicKey, plan.Facts.Existing.GetValueOrDefault(plan.Facts.Paths.PublicKey) == key.PublicKey), world);
        if (bundle is not null) world.Workspace.WriteText(plan.Facts.Paths.Bundle, bundle);
        world.Log.Step("sign", ("file", plan.Checksums.Path), ("bundle", plan.Facts.Paths.Bundle), ("verified", "true"), ("status", plan.Signature switch { SignatureState.New => "ok", SignatureState.Published => "published", _ => "unchanged" }));
    }

    private static async Task<string> SignAsync(ArtifactPlan plan, CosignKey key, World world, CancellationToken cancellation)
    {
        var (file, bundle) = (Path.Combine(world.Workspace.Scratch, "checksums.txt"), Path.Combine(world.Workspace.Scratch, "bundle.json"));
        world.Workspace.WriteText(file, plan.Checksums.Text);
        await world.Cosign.SignBlobAsync(key, file, bundle, cancellation);
        return world.Workspace.ReadText(bundle)!;
    }

    private static void Write(MadeFile file, World world)
    {
        if (!file.IsThere) world.Workspace.WriteText(file.Path, file.Text);
        world.Log.Step("write", ("file", file.Path), ("sha256", Checksums.Of(file.Text)), ("status", file.IsThere ? "unchanged" : "ok"));
    }

    private static void SetOutputs(SbomChecksumOutputs outputs, ArtifactPlan plan)
    {
        var isSigned = plan.Signature != SignatureState.Unsigned;
        outputs.Checksums.Set(plan.Checksums.Path);
        outputs.Sbom.Set(plan.Sbom.Path);
        outputs.Bundle.Set(isSigned ? plan.Facts.Paths.Bundle : "");
        outputs.PublicKey.Set(isSigned ? plan.Facts.Paths.PublicKey : "");
        outputs.Files.Set(plan.AllFiles);
        outputs.Digests.Set(new JsonObject(plan.Digests.Select(d => KeyValuePair.Create(d.Name, (JsonNode?)JsonValue.Create(d.Sha256)))).ToJsonString());
        outputs.ComponentCount.Set(plan.Bom.Components.Count.ToString(CultureInfo.InvariantCulture));
    }
}
