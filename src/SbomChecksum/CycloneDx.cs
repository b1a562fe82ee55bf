using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReleaseActions.Core;

namespace ReleaseActions.SbomChecksum;

/// <summary>Writes an SBOM in CycloneDX 1.6 (ECMA-424). Equal content gives equal bytes: no clock, nothing random, a fixed order.</summary>
internal static class CycloneDx
{
    private static readonly SearchValues<char> LicenseCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.+() ");

    private static readonly SearchValues<string> LicenseOperators =
        SearchValues.Create([" OR ", " AND ", " WITH "], StringComparison.Ordinal);

    public static string Write(Bom bom)
    {
        // Derived from everything else: another SBOM has another number.
        var serial = SHA256.HashData(Encoding.UTF8.GetBytes(Write(bom, null)));
        return Write(bom, SerialNumber(serial));
    }

    private static string SerialNumber(byte[] hash)
    {
        // RFC 9562, version 8: the writer chooses the bits.
        var id = hash.AsSpan(0, 16).ToArray();
        id[6] = (byte)((id[6] & 0x0f) | 0x80);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(id, bigEndian: true)}";
    }

    private static string Write(Bom bom, string? serialNumber)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            if (serialNumber is not null) json.WriteString("serialNumber", serialNumber);
            json.WriteNumber("version", 1);
            WriteMetadata(json, bom);
            json.WriteStartArray("components");
            foreach (var component in bom.Components) WriteComponent(json, component);
            json.WriteEndArray();
            WriteDependencies(json, bom);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void WriteMetadata(Utf8JsonWriter json, Bom bom)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", bom.Product.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("group", "release-actions");
        json.WriteString("name", "sbom-checksum");
        json.WriteString("version", SuiteVersion.Text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        WriteProduct(json, bom);
        json.WriteEndObject();
    }

    private static void WriteProduct(Utf8JsonWriter json, Bom bom)
    {
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", bom.Product.Url.ToString());
        json.WriteString("name", bom.Product.Name);
        json.WriteString("version", bom.Product.Version);
        json.WriteString("purl", bom.Product.Url.ToString());
        json.WriteStartArray("components");
        foreach (var file in bom.Files)
        {
            json.WriteStartObject();
            json.WriteString("type", "file");
            json.WriteString("bom-ref", $"file:{file.Name}");
            json.WriteString("name", file.Name);
            WriteHashes(json, [new Hash("SHA-256", file.Sha256)]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component)
    {
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", component.Reference);
        if (component.Url.Namespace is { } group) json.WriteString("group", group);
        json.WriteString("name", component.Url.Name);
        if (!string.IsNullOrEmpty(component.Url.Version)) json.WriteString("version", component.Url.Version);
        json.WriteString("scope", component.Scope switch { Scope.Required => "required", Scope.Optional => "optional", _ => "excluded" });
        WriteHashes(json, component.Hashes);
        if (component.License is { } license) WriteLicense(json, license);
        json.WriteString("purl", component.Reference);
        json.WriteEndObject();
    }

    private static void WriteHashes(Utf8JsonWriter json, IReadOnlyList<Hash> hashes)
    {
        if (hashes.Count == 0) return;
        json.WriteStartArray("hashes");
        foreach (var hash in hashes)
        {
            json.WriteStartObject();
            json.WriteString("alg", hash.Algorithm);
            json.WriteString("content", hash.Hex);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLicense(Utf8JsonWriter json, string license)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (IsExpression(license))
        {
            json.WriteString("expression", license);
        }
        else
        {
            json.WriteStartObject("license");
            // `id` allows only the ids of SPDX's list. The common ones are known here; any other goes into `name`.
            json.WriteString(SpdxLicenses.Contains(license) ? "id" : "name", license);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static bool IsExpression(string license) =>
        !license.AsSpan().ContainsAnyExcept(LicenseCharacters) && license.AsSpan().ContainsAny(LicenseOperators);

    private static readonly HashSet<string> SpdxLicenses = new(StringComparer.Ordinal)
    {
        "0BSD", "AFL-2.1", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0", "BlueOak-1.0.0", "BSD-2-Clause",
        "BSD-3-Clause", "BSL-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC0-1.0", "EPL-2.0", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only",
        "GPL-3.0-or-later", "ISC", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0",
        "MPL-2.0", "MS-PL", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "WTFPL", "Zlib",
    };

    private static void WriteDependencies(Utf8JsonWriter json, Bom bom)
    {
        json.WriteStartArray("dependencies");
        WriteDependency(json, bom.Product.Url.ToString(), bom.Direct);
        foreach (var component in bom.Components)
            if (component.DependsOn is { } needs) WriteDependency(json, component.Reference, needs);
        json.WriteEndArray();
    }

    private static void WriteDependency(Utf8JsonWriter json, string reference, IReadOnlyList<string> needs)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        if (needs.Count > 0)
        {
            json.WriteStartArray("dependsOn");
            foreach (var need in needs) json.WriteStringValue(need);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
