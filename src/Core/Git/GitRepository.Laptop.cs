using System.Globalization;

namespace ReleaseActions.Core.Git;

/// <summary>On a laptop: the user's own git.</summary>
public sealed partial class GitRepository
{
    // What starts a program without being asked for, or changes what is made. Addresses, credentials and keys are the user's.
    private static readonly (string Key, string Value)[] Hardening =
    [
        ("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.editor", "true"), ("core.pager", "cat"), ("diff.external", ""),
        ("protocol.ext.allow", "never"), ("gc.auto", "0"), ("maintenance.auto", "false"), ("core.alternateRefsCommand", "true"),
        ("advice.detachedHead", "false"), ("tag.gpgSign", "false"), ("commit.gpgSign", "false"), ("push.gpgSign", "false"),
        ("push.followTags", "false"), ("log.showSignature", "false"), ("submodule.recurse", "false"),
    ];

    /// <summary>The user's variables, with settings that guard git.</summary>
    /// <param name="more">More settings: keys as <c>git config</c> names them, each with its value.</param>
    public Dictionary<string, string> UsersEnvironment(IReadOnlyList<(string Key, string Value)> more)
    {
        var environment = _runner.Variables.Where(v => !v.Key.StartsWith("INPUT_", StringComparison.Ordinal))
            .ToDictionary(v => v.Key, v => v.Value);
        foreach (var (name, value) in _network()) environment[name] = value;
        (environment["GIT_TERMINAL_PROMPT"], environment["GIT_OPTIONAL_LOCKS"], environment["LC_ALL"]) = ("0", "0", "C.UTF-8");
        var first = int.TryParse(environment.GetValueOrDefault("GIT_CONFIG_COUNT"), CultureInfo.InvariantCulture, out var own) ? own : 0;
        var settings = SettingsWith(more);
        environment["GIT_CONFIG_COUNT"] = $"{first + settings.Count}";
        foreach (var (index, (key, value)) in settings.Index())
        {
            environment[$"GIT_CONFIG_KEY_{first + index}"] = key;
            environment[$"GIT_CONFIG_VALUE_{first + index}"] = value;
        }

        return environment;
    }

    private List<(string Key, string Value)> SettingsWith(IReadOnlyList<(string Key, string Value)> more)
    {
        List<(string, string)> settings = [.. Hardening, .. more];
        // A runner's checkout may belong to another user.
        if (_runner.IsRunner) settings.Add(("safe.directory", "*"));
        if (_token is null) return settings;
        // The empty one takes back what the settings have: a request with two tokens is refused. A redirect would take the header along.
        var key = $"http.{_runner.ServerUrl}/.extraheader";
        return [.. settings, (key, ""), (key, OwnRepository.BasicHeader(_token)), ("http.followRedirects", "false")];
    }
}
