using System.Text.RegularExpressions;
using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>Inputs, the runner's variables, and variables that an earlier step left.</summary>
internal sealed partial class Environments : FuzzKind
{
    private static readonly string[] OfRunner =
        ["GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_SHA", "GITHUB_REPOSITORY", "GITHUB_ACTOR", "GITHUB_EVENT_NAME", "GITHUB_HEAD_REF",
        "GITHUB_BASE_REF", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_EVENT_PATH",
        "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "RUNNER_TEMP", "HOME", "GITHUB_REPOSITORY_OWNER", "GITHUB_WORKFLOW",
        "CHAT_URL", "ROBOT_URL", "RUNNER_ENVIRONMENT", "GITHUB_ACTIONS", "CI"];

    public override string Name => "environment";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any<string>(Programs));
        if (fuzz.Random.Next(3) == 0) fuzz.UsePolicyOfEverything();
        if (fuzz.Random.Next(5) == 0) fuzz.Input("dry-run", "true");
        for (var times = fuzz.Random.Next(1, 4); times > 0; times--)
        {
            var part = fuzz.Random.Next(8);
            if (part == 0) Leave(fuzz);
            else if (part < 3) fuzz.Variables[fuzz.Any<string>(OfRunner)] = Value(fuzz);
            else fuzz.Input(fuzz.Any<string>(InputsOf(fuzz.Program)), Value(fuzz));
        }

        // On a laptop the environment is the user's own, and is obeyed.
        if (fuzz.Variables["GITHUB_ACTIONS"] is "" or "false") fuzz.Variables["GITHUB_ACTIONS"] = "true";
        // What is no longer as it was given is no secret of the case any more.
        if (fuzz.Variables["INPUT_TOKEN"] != FuzzCase.Token) fuzz.Secrets.Remove("the token");
        // Whoever names the file of outputs may write it anywhere.
        string[] places = ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "RUNNER_TEMP", "GITHUB_WORKSPACE"];
        foreach (var name in places.Where(n => !fuzz.Variables[n].StartsWith(fuzz.Ground.Folder, StringComparison.Ordinal)))
            fuzz.Variables[name] = fuzz.Ground[$"temp/{name}"];
    }

    // The system hands over no NUL, and about 100 KB in one variable.
    private static string Value(FuzzCase fuzz)
    {
        var text = Hostile.Text(fuzz.Random).Replace("\0", "", StringComparison.Ordinal);
        text = fuzz.Random.Next(4) == 0 ? $"1.1.0{text}" : fuzz.Random.Next(6) == 0 ? $"dist/tool.txt\n{text}" : text;
        return text.Length > 30_000 ? text[..30_000] : text;
    }

    private static void Leave(FuzzCase fuzz)
    {
        var (ground, bin) = (fuzz.Ground, fuzz.Ground["work/bin"]);
        Directory.CreateDirectory(bin);
        foreach (var program in (string[])["git", "docker", "cosign", "git-remote-http", "ssh", "sh"])
        {
            File.WriteAllText($"{bin}/{program}", $"#!/bin/sh\nenv > {ground["outside"]}/ran-{program}\nexit 1\n");
            File.SetUnixFileMode($"{bin}/{program}", (UnixFileMode)0x1ED /* rwxr-xr-x */);
        }

        (string Name, string Value)[] left =
        [
            ("PATH", $"{bin}:{fuzz.Variables["PATH"]}"), ("PATH", $"bin:.::{fuzz.Variables["PATH"]}"), ("GIT_EXEC_PATH", bin),
            ("GIT_TRACE_CURL", ground["outside/trace"]), ("GIT_TRACE", ground["outside/trace"]), ("GIT_INDEX_FILE", bin),
            ("GIT_DIR", ground["outside"]), ("GIT_WORK_TREE", ground["outside"]), ("GIT_TRACE2_EVENT", ground["outside/trace"]),
            ("GIT_OBJECT_DIRECTORY", ground["outside"]), ("GIT_SSH_COMMAND", $"{bin}/ssh"), ("GIT_ASKPASS", $"{bin}/sh"),
            ("GIT_EXTERNAL_DIFF", $"{bin}/sh"), ("GIT_PROXY_COMMAND", $"{bin}/sh"), ("GIT_SSL_NO_VERIFY", "1"),
            ("GIT_CONFIG_PARAMETERS", $"'core.fsmonitor={bin}/sh'"), ("GIT_CONFIG_GLOBAL", ground["outside/secret.txt"]),
            ("GIT_TEMPLATE_DIR", ground["outside"]), ("GIT_NAMESPACE", "x"), ("GIT_REDIRECT_STDERR", ground["outside/error"]),
            ("LD_PRELOAD", $"{bin}/x.so"), ("LD_LIBRARY_PATH", bin), ("DOTNET_STARTUP_HOOKS", $"{bin}/x.dll"), ("DOTNET_gcServer", "1"),
            ("DOTNET_ADDITIONAL_DEPS", bin), ("DOTNET_DbgEnableMiniDump", "1"), ("COMPlus_EnableEventPipe", "1"), ("TZ", "../x"),
            ("SSL_CERT_FILE", ground["outside/secret.txt"]), ("SSL_CERT_DIR", bin), ("CURL_HOME", bin), ("https_proxy", fuzz.OtherHost),
            ("http_proxy", fuzz.OtherHost), ("HTTP_PROXY", fuzz.OtherHost), ("ALL_PROXY", fuzz.OtherHost),
            ("XDG_CONFIG_HOME", ground["outside"]),
            ("DOCKER_CONFIG", ground["outside"]), ("DOCKER_HOST", fuzz.OtherHost), ("BUILDX_CONFIG", ground["outside"]),
            ("COSIGN_PASSWORD", "x"), ("SHELL", $"{bin}/sh"), ("EDITOR", $"{bin}/sh"), ("PAGER", $"{bin}/sh"), ("LC_ALL", "tr_TR.UTF-8"),
        ];
        var (name, value) = left[fuzz.Random.Next(left.Length)];
        fuzz.Variables[name] = value;
    }

    // Between `inputs:` and the next key of action.yml.
    private static string[] InputsOf(string program)
    {
        var lines = File.ReadLines(Path.Combine(FuzzRun.Root, "actions", program, "action.yml"))
            .SkipWhile(l => l != "inputs:").Skip(1).TakeWhile(l => l.StartsWith(' ') || l.Length == 0);
        return [.. lines.Select(l => InputName().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex("^  ([a-z-]+):$")]
    private static partial Regex InputName();
}
