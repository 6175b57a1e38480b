//! Which addresses belong to the public network. Source: IANA's special-purpose address registries.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the public network; embedded IPv4 addresses are judged as such.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0 // this network
        || (a == 100 && (b & 0xc0) == 64) // shared by carriers
        || (a, b, c) == (192, 0, 0) // protocol assignments
        || (a, b, c) == (192, 88, 99) // former 6to4 relays
        || (a == 198 && (b & 0xfe) == 18) // benchmarks
        || a >= 240; // reserved, broadcast
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(embedded) = ip.to_ipv4_mapped() {
        return is_public_v4(embedded);
    }
    let segments = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        // NAT64 and 6to4 carry an IPv4 address
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public_v4(v4(high, low)),
        // protocol assignments (Teredo too), documentation (RFC 3849, RFC 9637)
        [0x2001, 0..0x200 | 0xdb8, ..] | [0x3fff, 0..0x1000, ..] => false,
        // only 2000::/3 is given out for the public network
        [first, ..] => (first & 0xe000) == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However an IPv4 address is dressed up, it is judged as what it is.
        #[test]
        fn an_embedded_address_is_judged_as_itself(v4: u32) {
            let bare = is_public(Ipv4Addr::from(v4).into());
            let (high, low) = ((v4 >> 16) as u16, v4 as u16);
            let mapped = Ipv4Addr::from(v4).to_ipv6_mapped();
            let translated = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low);
            for dressed in [mapped, translated, Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1)] {
                prop_assert_eq!(is_public(dressed.into()), bare, "{}", dressed);
            }
        }

        #[test]
        fn outside_of_what_is_given_out_nothing_is_public(segments: [u16; 8]) {
            let ip = Ipv6Addr::from(segments);
            prop_assume!(ip.to_ipv4_mapped().is_none() && segments[..6] != [0x64, 0xff9b, 0, 0, 0, 0]);
            prop_assert!(!is_public(ip.into()) || (0x2000..0x4000).contains(&segments[0]), "{}", ip);
        }
    }

    #[test]
    fn addresses_inside_are_told_from_public_ones() {
        let inside = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::127.0.0.1",
            "2001:0:1::",
            "3fff::1",
            "3fff:fff:ffff::1",
        ];
        for ip in inside {
            assert!(!is_public(ip.parse().expect(ip)), "{ip}");
        }
        for ip in
            ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"]
        {
            assert!(is_public(ip.parse().expect(ip)), "{ip}");
        }
    }
}
