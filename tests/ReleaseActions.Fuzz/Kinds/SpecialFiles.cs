using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>FIFOs, devices, links, folders and files without end in the place of a file or a folder that a program opens.</summary>
internal sealed class SpecialFiles : FuzzKind
{
    private const string Artifacts = "work/release-artifacts";
    private const ulong Zero = 0x105;
    private const ulong Terminal = 0x500;

    private static readonly string[] Everybody =
        ["work/.github/release-actions.yml", "work/.github", "work/.git/config", "work/.git/HEAD", "work/.git", "workflow/event.json",
        "files/output", "files/summary", "temp"];

    public override string Name => "special-files";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any<string>(Programs));
        if (fuzz.Random.Next(3) == 0) fuzz.UsePolicyOfEverything();
        string[] own = fuzz.Program switch
        {
            "changelog-extract" => ["work/CHANGELOG.md", Artifacts, $"{Artifacts}/notes.md"],
            "image-build-push" => ["work/dist/shop.tar", "work/dist", "home/.docker/config.json", "home/.docker", "work/package.json"],
            "sbom-checksum" => ["work/package-lock.json", "work/go.mod", "work/dist/tool.txt", "work/dist", Artifacts,
                $"{Artifacts}/checksums.txt", $"{Artifacts}/sbom.json"],
            "release-publish" => ["work/NOTES.md", "work/dist/tool.txt", "work/dist", Artifacts],
            _ => ["work/VERSION", "work/package.json", "work/CHANGELOG.md", "work/.git/index", "work/.git/packed-refs"],
        };
        var place = fuzz.Random.Next(3) == 0 ? fuzz.Any<string>(Everybody) : fuzz.Any<string>(own);
        if (place.StartsWith("home/", StringComparison.Ordinal)) fuzz.Variables.Remove("INPUT_PASSWORD");
        fuzz.About = $" ({Put(fuzz, fuzz.Ground[place])} as {place})";
    }

    private static string Put(FuzzCase fuzz, string path)
    {
        var aside = fuzz.Ground["outside/aside"];
        if (Directory.Exists(path)) Directory.Move(path, aside);
        else if (File.Exists(path)) File.Move(path, aside);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (fuzz.Random.Next(9))
        {
            case 0 or 1:
                NativeMethods.MakeNode(path, NativeMethods.Fifo);
                return "a FIFO";
            case 2:
                // Only root makes devices; for anybody else there is nothing then.
                NativeMethods.MakeNode(path, NativeMethods.CharacterDevice, fuzz.Any(Zero, Terminal));
                return "a device";
            case 3:
                Directory.CreateDirectory(path);
                return "a folder";
            case 4:
                using (var file = File.Create(path)) file.SetLength(1L << fuzz.Random.Next(20, 36));
                return "a large file";
            case 5:
                File.WriteAllText(path, "");
                return "an empty file";
            default:
                File.CreateSymbolicLink(path, fuzz.Any(
                    "/dev/zero", "/dev/urandom", "/dev/stdin", "/proc/self/environ", "/proc/kmsg", path, "nowhere", aside, "/",
                    fuzz.Ground["outside/secret.txt"], fuzz.Ground["outside"], fuzz.Ground["work/.git/config"],
                    fuzz.Ground["work/.git/refs/heads"]));
                return $"a link to {Path.GetFileName(File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name)}";
        }
    }
}
