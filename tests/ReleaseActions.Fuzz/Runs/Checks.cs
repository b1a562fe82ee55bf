using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Proxy;
using ReleaseActions.Sandbox.Runner;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>What must hold after each run, whatever the program met.</summary>
internal sealed partial class Checks(FuzzCase fuzz, Snapshot before)
{
    private const double MostMegabytes = 200;
    private static readonly int[] Allowed = [0, 2, 3, 4, 5];
    private static readonly int[] AllowedAfterSignal = [130, 143];
    private static readonly HashSet<string> OurCommands = ["error", "warning", "notice", "group", "endgroup", "add-mask"];

    /// <summary>One reason for each thing that does not hold, the same text for the same cause.</summary>
    public IEnumerable<string> Failures(
        ProgramRun run, IReadOnlyCollection<ProxiedRequest> requests, IReadOnlyCollection<ProxiedRequest> elsewhere)
    {
        var (output, error) = (Encoding.UTF8.GetString(run.Output), Encoding.UTF8.GetString(run.Error));
        return OfEnd(run, output, error).Concat(OfCommands(output + "\n" + error))
            .Concat(OfSecrets(output, error, requests)).Concat(OfHosts(elsewhere)).Concat(OfFiles(run));
    }

    private IEnumerable<string> OfEnd(ProgramRun run, string output, string error)
    {
        if (run.Hang is { } hang) yield return $"hang: {hang}{fuzz.About}";
        if (run.Megabytes > MostMegabytes) yield return $"memory over {MostMegabytes} MB";
        if ((output + error).Contains("Unhandled exception", StringComparison.Ordinal) || run.ExitCode == 1)
            yield return $"exit {run.ExitCode}: {Defect(output + "\n" + error)}";
        else if (run.ExitCode is { } code && !Allowed.Contains(code) && !(fuzz.StopAfter is not null && AllowedAfterSignal.Contains(code)))
            yield return $"exit {code}";
    }

    // The exception and where it was thrown, without the values in its message.
    private static string Defect(string text)
    {
        var what = DefectLine().Match(text) is { Success: true } match ? match.Groups[1].Value : "no exception in the log";
        var frames = Frame().Matches(text).Select(m => m.Groups[1].Value).Take(2);
        return string.Join(" at ", frames.Prepend(what));
    }

    private static IEnumerable<string> OfCommands(string text)
    {
        var strange = RunnerModel.ReadCommands(text).Where(
            c => !OurCommands.Contains(c.Name) || c.Message.TrimStart().StartsWith(Hostile.Mark, StringComparison.Ordinal));
        return strange.Select(c => $"command injected: {(c.Name.Length > 30 ? c.Name[..30] : c.Name)}").Distinct();
    }

    private IEnumerable<string> OfSecrets(string output, string error, IReadOnlyCollection<ProxiedRequest> requests)
    {
        var masked = AddMask().Replace(output, "");
        var places = new List<(string Where, string Text)> { ("standard output", masked), ("standard error", error) };
        string[] files = ["output", "summary", "env", "path", "state"];
        places.AddRange(files.Select(name => ($"the file {name}", fuzz.Ground.Text($"files/{name}"))));
        places.AddRange(before.Changed(["work", "home", "temp", "tmp"]).Select(Written));
        places.AddRange(requests.Select(r => ($"the body of a {r.Method}", Encoding.UTF8.GetString(r.Body))));
        // A webhook's address is its secret.
        var others = requests.Where(r => !r.Target.Contains("/hooks/", StringComparison.Ordinal));
        places.AddRange(others.Select(r => ($"the address of a {r.Method}", r.Target)));

        if (requests.Any(r => r.Method == "POST" && r.Target.EndsWith("git-receive-pack", StringComparison.Ordinal)))
            places.Add(("what was pushed", fuzz.Ground.Pushed()));
        foreach (var (secret, value) in fuzz.Secrets)
            foreach (var where in places.Where(p => SecretText.IsIn(p.Text, value)).Select(p => p.Where).Distinct())
                yield return $"secret: {secret} in {where}";
    }

    // git writes .git/config anew with what checkout left in it.
    private (string Where, string Text) Written(string path) =>
        ($"a written file {Path.GetExtension(path)}", fuzz.Ground.Text(path).Replace(Ground.CheckoutBasic, "", StringComparison.Ordinal));

    private IEnumerable<string> OfHosts(IReadOnlyCollection<ProxiedRequest> elsewhere)
    {
        if (elsewhere.Any(r => r.Header("Authorization") is not null)) yield return "another host got Authorization";
        foreach (var (secret, value) in fuzz.Secrets.Where(s => elsewhere.Any(r => SecretText.IsIn(r.Text, s.Value))))
            yield return $"secret: {secret} to another host";
    }

    private IEnumerable<string> OfFiles(ProgramRun run)
    {
        var written = before.Changed(["home", "outside", "workflow", "tmp"]).Where(p => !IsOfTheRuntime(p));
        foreach (var path in written.Select(p => string.Join('/', p.Split('/')[..2])).Distinct())
            yield return $"a file was written in {Numbers().Replace(path, "#")}";
        // Whoever is killed cannot clean up.
        var isKilled = run.Hang is not null || run.ExitCode is 143;
        var left = isKilled ? [] : before.Changed(["temp"]).Where(p => !p.StartsWith("temp/GITHUB_", StringComparison.Ordinal));
        // A folder that RUNNER_TEMP names and that is not there is made, and stays, empty.
        left = left.Where(p => p != "temp/RUNNER_TEMP" || Directory.EnumerateFileSystemEntries(fuzz.Ground[p]).Any());
        if (left.FirstOrDefault() is { } first) yield return $"left behind in RUNNER_TEMP: {Numbers().Replace(first, "#")}";
        if (File.Exists("/tmp/fuzz")) yield return "a command of the workspace ran";
    }

    // .NET's sockets for debuggers.
    private static bool IsOfTheRuntime(string path) => Path.GetFileName(path) is var name
        && (name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal) || name.StartsWith("clr-debug-pipe", StringComparison.Ordinal));

    [GeneratedRegex(@"(?:A defect in the action: |Unhandled exception\. )(?:System\.|[\w.]*\.)?(\w+)")]
    private static partial Regex DefectLine();

    [GeneratedRegex(@"^\s+at (ReleaseActions\.[\w.<>`]+)", RegexOptions.Multiline)]
    private static partial Regex Frame();

    [GeneratedRegex("^::add-mask::.*$", RegexOptions.Multiline)]
    private static partial Regex AddMask();

    [GeneratedRegex("[0-9a-f-]{6,}|[0-9]+")]
    private static partial Regex Numbers();
}
