namespace Ecoscanner.Probing;

/// <summary>Names of the alerts that servers refuse a hello with (RFC 8446, section 6).</summary>
internal static class TlsAlert
{
    public static string Name(byte description) =>
        description switch
        {
            0 => "close_notify",
            10 => "unexpected_message",
            20 => "bad_record_mac",
            22 => "record_overflow",
            40 => "handshake_failure",
            47 => "illegal_parameter",
            50 => "decode_error",
            51 => "decrypt_error",
            70 => "protocol_version",
            71 => "insufficient_security",
            80 => "internal_error",
            86 => "inappropriate_fallback",
            109 => "missing_extension",
            110 => "unsupported_extension",
            112 => "unrecognized_name",
            116 => "certificate_required",
            120 => "no_application_protocol",
            _ => description.ToString(),
        };
}
