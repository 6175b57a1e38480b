//! The named stages that can be made to fail, and the condition each comes out as.
//!
//! A stage is asked where it would fail; what follows is the ordinary handling of its condition. Knows no codes.

use super::condition::Condition;

macro_rules! faults {
    ($($(#[$doc:meta])* $stage:ident = $name:literal => $condition:ident,)*) => {
        /// A stage that can be made to fail.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $($(#[$doc])* $stage,)*
        }

        impl Fault {
            /// Every fault with its name.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($name, Self::$stage),)*];

            /// What the failing stage comes out as.
            pub const fn condition(self) -> Condition {
                match self {
                    $(Self::$stage => Condition::$condition,)*
                }
            }
        }
    };
}

faults! {
    /// The gateway fails in a way nobody foresaw.
    Gateway = "gateway.exception" => GatewayFailed,
    /// No server behind the gateway takes requests.
    Service = "gateway.no-server" => ServiceUnavailable,
    /// The clock of the authentication runs a century ahead.
    AuthClock = "auth.clock-ahead" => TokenExpired,
    /// The application of the credentials cannot be found.
    AppLookup = "app.lookup" => AppUnknown,
    /// The application's list of interfaces comes out empty.
    AppPermissions = "app.permissions" => PermissionMissing,
    /// The gateway gets no token of its own for the service.
    ServiceToken = "service-token.fetch" => ServiceTokenFailed,
    /// The whole cluster has as many requests as it takes.
    QuotaCluster = "quota.cluster" => ClusterLimitReached,
    /// The application has used up its requests of the day.
    QuotaDay = "quota.day" => DailyLimitReached,
    /// The application has used up its requests of the second.
    QuotaSecond = "quota.second" => RateExceeded,
    /// The application has used up all its requests.
    QuotaTotal = "quota.total" => TotalLimitReached,
    /// The platform around the service fails.
    Platform = "platform.exception" => PlatformFailed,
    /// The list of interfaces that are served.
    InterfaceRegistry = "interface.registry" => InterfaceNotRegistered,
    /// The settings of an interface.
    InterfaceSettings = "interface.settings" => InterfaceNotConfigured,
    /// The context of a request.
    InterfaceContext = "interface.context" => InterfaceContextNotMade,
    /// What writes replies.
    InterfaceReply = "interface.reply" => InterfaceReplyNotMade,
    /// The rules of the parameters.
    ParameterRules = "parameter-check.rules" => ParameterRulesNotLoaded,
    /// The limits of the parameters.
    ParameterLimits = "parameter-check.limits" => ParameterLimitsNotLoaded,
    /// What reads parameters.
    ParameterReader = "parameter-check.reader" => ParameterReaderNotStarted,
    /// What checks parameters.
    ParameterChecker = "parameter-check.checker" => ParameterCheckerNotStarted,
    /// The connection to the cache.
    CacheConnect = "cache.connect" => CacheNotConnected,
    /// Reading the cache.
    CacheRead = "cache.read" => CacheReadFailed,
    /// Writing the cache.
    CacheWrite = "cache.write" => CacheWriteFailed,
    /// The connection to the service behind the interface.
    DownstreamConnect = "downstream.connect" => DownstreamUnreachable,
    /// The service behind the interface refuses the request.
    DownstreamRequest = "downstream.request" => DownstreamRefused,
    /// The service that the vendor calls rtse.
    Rtse = "rtse.request" => RtseFailed,
    /// The connection to the storage.
    StorageConnect = "storage.connect" => StorageNotConnected,
    /// Reading the storage.
    StorageRead = "storage.read" => StorageReadFailed,
    /// Writing the storage.
    StorageWrite = "storage.write" => StorageWriteFailed,
    /// Writing the picture of a face that is registered.
    PictureWrite = "picture-store.write" => FaceNotAdded,
    /// Reading the picture of a face token.
    PictureRead = "picture-store.read" => PictureNotRead,
    /// Finding the face of a face token in its picture.
    FaceRead = "face-store.read" => FaceNotRead,
    /// The deployment keeps no pictures.
    PictureStore = "picture-store.absent" => PicturesNotStored,
    /// The connection to the service that finds faces.
    DetectionBackend = "backend.detect" => DetectionBackendUnreachable,
    /// The connection to the service that compares faces.
    MatchingBackend = "backend.match" => MatchingBackendUnreachable,
    /// The connection to the register of citizens.
    IdentityService = "identity-service.connect" => IdentityServiceUnreachable,
    /// The engine that merges faces.
    MergeEngine = "merge.engine" => MergeFailed,
    /// A panic in the handler.
    ApplicationException = "application.exception" => InternalError,
}

/// Fails if this is the stage that was asked to.
pub(super) fn stage(fault: Option<Fault>, stage: Fault) -> Result<(), Condition> {
    if fault == Some(stage) { Err(stage.condition()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_fault_of_the_manifest_is_known() {
        let dialect = lianpu_corpus::bundled("baidu-face").expect("bundled");
        for fault in &dialect.manifest.faults {
            assert!(Fault::ALL.iter().any(|(name, _)| *name == fault.name), "{}", fault.name);
        }
    }

    #[test]
    fn no_two_faults_share_a_name_or_a_condition() {
        let names: HashSet<_> = Fault::ALL.iter().map(|(name, _)| name).collect();
        let conditions: HashSet<_> = Fault::ALL.iter().map(|(_, fault)| fault.condition()).collect();
        assert_eq!((names.len(), conditions.len()), (Fault::ALL.len(), Fault::ALL.len()));
    }
}
