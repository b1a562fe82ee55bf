using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What <c>docker buildx bake</c> reads to build all images of a plan at once, and what it writes about them.</summary>
internal static class BakeFile
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The bake file, as JSON: the images that docker builds.</summary>
    public static string Write(ImagePlan plan)
    {
        var targets = plan.Builds.Select(i => KeyValuePair.Create(TargetOf(plan, i), (JsonNode?)Target(plan, i))).ToList();
        var file = new JsonObject
        {
            ["group"] = new JsonObject { ["default"] = new JsonObject { ["targets"] = Texts(targets.Select(t => t.Key)) } },
            ["target"] = new JsonObject(targets),
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable)) file.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The digest of each image that was built and pushed, by the image's name.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="metadata">The JSON that buildx wrote.</param>
    /// <exception cref="ActionException">It has none for an image (exit 5).</exception>
    public static IReadOnlyDictionary<string, string> ReadDigests(ImagePlan plan, string metadata)
    {
        var report = Parse(metadata);
        return plan.Builds.ToDictionary(i => i.Name, i => DigestOf(report, TargetOf(plan, i)) ?? throw ActionException.Verification(
            $"docker buildx did not report the digest of '{i.Name}', which it pushed", "Use docker buildx 0.10 or newer"));
    }

    /// <summary>The name of an image's target: the image's short name, with its position in the plan where two have the same.</summary>
    private static string TargetOf(ImagePlan plan, PlannedImage image)
    {
        var name = Plain(image.Repository.ShortName);
        var position = plan.Images.TakeWhile(i => i != image).Count() + 1;
        return plan.Images.Count(i => Plain(i.Repository.ShortName) == name) == 1 ? name : $"{name}-{position}";
    }

    private static JsonObject Target(ImagePlan plan, PlannedImage image)
    {
        var request = image.Request;
        var target = new JsonObject { ["context"] = Literal(request.Context), ["dockerfile"] = Literal(request.Dockerfile) };
        if (request.Target is { } stage) target["target"] = Literal(stage);
        target["args"] = Map(Arguments(plan.Facts, request));
        target["labels"] = Map(image.Labels);
        var tags = image.Tags.Where(t => !plan.Request.Push || image.IsPushedByDocker(t));
        target["tags"] = Texts(tags.Select(t => image.Repository.WithTag(t.Name).ToString()));
        if (request.Platforms.Count > 0) target["platforms"] = Texts(request.Platforms);
        return target;
    }

    private static OrderedDictionary<string, string> Arguments(ImageFacts facts, RequestedImage image)
    {
        // BuildKit takes the dates in the image from it, so that they are the commit's and not the build's.
        var epoch = facts.CommitDate.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var all = new OrderedDictionary<string, string> { ["SOURCE_DATE_EPOCH"] = epoch };
        var given = image.BuildArguments.Select(a => ImageLabels.Pair("build argument", a));
        foreach (var (name, value) in given) all[name] = facts.Fill(value);
        return all;
    }

    // Target names have no dots.
    private static string Plain(string name) => name.Replace('.', '-');

    private static JsonObject Map(IReadOnlyDictionary<string, string> map) =>
        new(map.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Literal(p.Value))));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)Literal(t))]);

    // Bake evaluates every text as a template; these texts are literal.
    private static JsonValue Literal(string text) =>
        JsonValue.Create(text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal));

    private static string? DigestOf(JsonObject? report, string target)
    {
        var value = (report?[target] as JsonObject)?["containerimage.digest"] as JsonValue;
        return value is not null && value.TryGetValue<string>(out var digest) && ContentDigest.IsSha256(digest) ? digest : null;
    }

    private static JsonObject? Parse(string json)
    {
        try
        {
            return BoundedJson.ReadObject(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
