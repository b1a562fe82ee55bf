using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

public sealed class VersionOrderTests
{
    [Theory]
    [InlineData("1.0.0-RC.1", "1.0.0-rc.1")]
    [InlineData("1.0.0-rc.9", "1.0.0-rc.10")]
    [InlineData("1.0.0-rc.20260102030405", "1.0.0-rc.20260102030406")]
    [InlineData("1.0.0-rc.2147483647", "1.0.0-rc.99999999999999999999")]
    [InlineData("1.0.0-99999999999999999999", "1.0.0-a")]
    [InlineData("1.0.0-rc", "1.0.0-rc.0")]
    [InlineData("1.0.0-rc.10", "1.0.0-rc1")]
    [InlineData("1.0.0-zz", "1.0.0")]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("2147483647.0.0", "3000000000.0.0")]
    [InlineData("99999999999999999999.0.0", "100000000000000000000.0.0-rc.1")]
    public void The_order_is_that_of_the_specification_to_the_letter(string lower, string higher)
    {
        (Version(lower) < Version(higher)).Should().BeTrue();
        (Version(higher) > Version(lower)).Should().BeTrue();
        Version(lower).Equals(Version(higher)).Should().BeFalse();
    }

    [Fact]
    public void Build_metadata_counts_neither_in_the_order_nor_in_the_hash()
    {
        Version("1.0.0+a").Should().Be(Version("1.0.0+B"));
        Version("1.0.0+a").GetHashCode().Should().Be(Version("1.0.0").GetHashCode());
    }

    private static SemanticVersion Version(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);
}
