using System.Globalization;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>
/// Reads the inputs of an action, and at the same time is their declaration: constructing a class of inputs over
/// <see cref="ForDocumentation"/> lists its rows. Problems are collected, so that a user sees all of them at once.
/// </summary>
/// <remarks>Empty and absent are the same: the runner passes an absent input as an empty variable.</remarks>
public sealed class Inputs
{
    private readonly Func<string, string?> _lookup;
    private readonly Action<Secret>? _onSecret;
    private readonly bool _documentationOnly;
    private readonly List<InputDeclaration> _declarations = [];
    private readonly List<Finding> _problems = [];
    private readonly List<Secret> _secrets = [];

    /// <summary>Inputs whose values come from <paramref name="lookup"/>, by their kebab-case names.</summary>
    /// <param name="lookup">The value of an input; null where it was not given.</param>
    /// <param name="runner">What the runner said about this run; a laptop where null.</param>
    /// <param name="onSecret">Called with each secret as it is read, before anything can print it.</param>
    public Inputs(Func<string, string?> lookup, RunnerContext? runner = null, Action<Secret>? onSecret = null)
    {
        _lookup = lookup;
        _onSecret = onSecret;
        Runner = runner ?? Runner;
    }

    /// <summary>What the runner said about this run.</summary>
    public RunnerContext Runner { get; } = new(new Dictionary<string, string>());

    /// <summary>Whether nothing will be changed.</summary>
    public bool IsDryRun { get; internal set; }

    private Inputs()
    {
        _lookup = _ => null;
        _documentationOnly = true;
    }

    /// <summary>The declarations so far, in the order they were made.</summary>
    public IReadOnlyList<InputDeclaration> Declarations => _declarations;

    /// <summary>Every secret that was read, for the log to mask.</summary>
    public IReadOnlyList<Secret> Secrets => _secrets;

    /// <summary>Inputs without values and without complaints: only the declarations matter.</summary>
    public static Inputs ForDocumentation() => new();

    /// <summary>A text with a default.</summary>
    public string Text(string name, string description, string fallback)
    {
        Declare(name, description, fallback);
        return Value(name) ?? fallback;
    }

    /// <summary>
    /// A text whose absence means the default, but whose emptiness does not: for what an expression may leave empty when a job before
    /// failed.
    /// </summary>
    public string TextAsGiven(string name, string description, string fallback)
    {
        Declare(name, description, fallback);
        return _lookup(name)?.Trim() ?? fallback;
    }

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string name, string description)
    {
        Declare(name, description, null);
        return Value(name);
    }

    /// <summary>
    /// A text that may be absent, and on a laptop empty: there <c>--name ""</c> was written on purpose. A runner passes an expression
    /// without
    /// a value in the same way.
    /// </summary>
    public string? OptionalTextOrEmpty(string name, string description)
    {
        Declare(name, description, null);
        return ValueOrEmpty(name);
    }

    /// <summary>The value of an input that was declared with <see cref="OptionalTextOrEmpty"/>.</summary>
    internal string? ValueOrEmpty(string name) => Value(name) ?? (Runner.IsRunner ? null : _lookup(name)?.Trim());

    /// <summary>A text that must be given. The runner does not enforce <c>required</c>, so we do.</summary>
    public string RequiredText(string name, string description)
    {
        _declarations.Add(new InputDeclaration(name, description, null, IsRequired: true, []));
        var value = Value(name);
        if (value is null && !_documentationOnly)
            _problems.Add(
                new Finding($"The input '{name}' is required and was not given",
                $"Set `{name}:` under `with:`, or --{name} on a command line"));
        return value ?? "";
    }

    /// <summary>Several values, one per line; blank lines and spaces around a value do not count.</summary>
    public IReadOnlyList<string> Lines(string name, string description, string fallback = "")
    {
        Declare(name, description, fallback);
        return (Value(name) ?? fallback).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>True or false, in YAML 1.2's spellings, as actions/toolkit reads them.</summary>
    public bool Flag(string name, string description, bool fallback)
    {
        Declare(name, description, fallback ? "true" : "false", ["true", "false"]);
        return ReadFlag(name) ?? fallback;
    }

    /// <summary>True, false, or not said.</summary>
    public bool? OptionalFlag(string name, string description)
    {
        Declare(name, description, null, ["true", "false"]);
        return ReadFlag(name);
    }

    /// <summary>One of the values of <typeparamref name="T"/>, written in kebab-case.</summary>
    public T Choice<T>(string name, string description, T fallback) where T : struct, Enum
    {
        Declare(name, description, Choices.Word(fallback), [.. Choices.Of<T>().Keys]);
        return ReadChoice<T>(name) ?? fallback;
    }

    /// <summary>One of the values of <typeparamref name="T"/>, or not said.</summary>
    public T? OptionalChoice<T>(string name, string description) where T : struct, Enum
    {
        Declare(name, description, null, [.. Choices.Of<T>().Keys]);
        return ReadChoice<T>(name);
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, string description, int fallback, int least, int most)
    {
        Declare(name, description, fallback.ToString(CultureInfo.InvariantCulture));
        var value = Value(name);
        if (value is null) return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        _problems.Add(new Finding($"The input '{name}' is '{value}'", $"Give a whole number from {least} to {most}"));
        return fallback;
    }

    /// <summary>
    /// A secret, as it is but for a line break at its end; <paramref name="actionDefault"/> is what <c>action.yml</c> fills in, such as
    /// <c>${{ github.token }}</c>.
    /// </summary>
    public Secret? Secret(string name, string description, string? actionDefault = null)
    {
        Declare(name, description, actionDefault);
        _declarations[^1] = _declarations[^1] with { IsSecret = true };
        // Spaces may belong to a password. The line break comes from a file or a block of YAML.
        var given = _lookup(name) ?? "";
        var value = given.EndsWith("\r\n", StringComparison.Ordinal) ? given[..^2] : given.EndsWith('\n') ? given[..^1] : given;
        if (string.IsNullOrWhiteSpace(value)) return null;
        var secret = new Secret(value);
        Hide(secret);
        return secret;
    }

    /// <summary>Masks a secret that is a part of an input.</summary>
    internal void Hide(Secret secret)
    {
        _secrets.Add(secret);
        _onSecret?.Invoke(secret);
    }

    /// <summary>A secret that travels in an HTTP header, which holds printable ASCII only.</summary>
    public Secret? Token(string name, string description, string? actionDefault = null)
    {
        var token = Secret(name, description, actionDefault);
        if (token is null || token.Reveal().All(c => c is > ' ' and <= '~')) return token;
        _problems.Add(
            new Finding($"The input '{name}' holds a space, a line break or a character that no token has",
            "Give the token alone, such as ${{ github.token }}"));
        return null;
    }

    /// <summary>Adds a problem that shows only when values are seen together.</summary>
    public void Reject(string message, string remedy)
    {
        if (!_documentationOnly) _problems.Add(new Finding(message, remedy));
    }

    /// <summary>Ends with exit code 2 and every problem, if there is any.</summary>
    /// <exception cref="ActionException">At least one input is wrong.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0) throw new ActionException(ExitCode.BadInput, _problems);
    }

    private T? ReadChoice<T>(string name) where T : struct, Enum
    {
        var choices = Choices.Of<T>();
        var value = Value(name);
        if (value is null) return null;
        if (choices.TryGetValue(value.ToLowerInvariant(), out var choice)) return choice;
        _problems.Add(new Finding($"The input '{name}' is '{value}'", $"Use one of: {string.Join(", ", choices.Keys)}"));
        return null;
    }

    private bool? ReadFlag(string name)
    {
        switch (Value(name))
        {
            case null: return null;
            case "true" or "True" or "TRUE": return true;
            case "false" or "False" or "FALSE": return false;
            case { } other:
                _problems.Add(new Finding($"The input '{name}' is '{other}'", "Use true or false"));
                return null;
        }
    }

    private void Declare(string name, string description, string? fallback, IReadOnlyList<string>? choices = null) =>
        _declarations.Add(new InputDeclaration(name, description, fallback, IsRequired: false, choices ?? []));

    private string? Value(string name)
    {
        var value = _lookup(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
