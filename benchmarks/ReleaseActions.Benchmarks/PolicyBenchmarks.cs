using BenchmarkDotNet.Attributes;
using ReleaseActions.Core.Policy;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Benchmarks;

/// <summary>The policy that every action reads first.</summary>
public class PolicyBenchmarks
{
    private const string Text =
        "version:\n  manifests: [VERSION]\nchangelog:\n  path: CHANGELOG.md\nregistry: ghcr.io/acme\nimages:\n  - name: shop\n    "
        + "context: app\nartifacts:\n  files: [dist/*.tar.gz]\n";

    [Benchmark(Baseline = true, Description = "A policy by YamlDotNet alone")]
    public YamlStream YamlAlone()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        return yaml;
    }

    [Benchmark(Description = "A policy read and checked")]
    public ReleasePolicy PolicyReadAndChecked() => ReleasePolicy.Read(Text, "release-actions.yml");
}
