using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Runner;

public sealed class RunnerContextTests
{
    // On a laptop the user's own git and environment count, and so a doubtful value must not say that this is one.
    [Theory]
    [Trait("Row", "S44")]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData(" ", true)]
    [InlineData("true\n", true)]
    [InlineData("1.1.0@", true)]
    public void Only_an_environment_that_says_so_is_a_laptop(string? value, bool isRunner)
    {
        var variables = new Dictionary<string, string>();
        if (value is not null) variables["GITHUB_ACTIONS"] = value;

        new RunnerContext(variables).IsRunner.Should().Be(isRunner);
    }
}
