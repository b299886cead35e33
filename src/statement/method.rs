//! How somebody came to know whose key it is. Implements docs/formats/12-statement.md, lines.

/// The method of a vouch or an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By telephone.
    Phone,
    /// Face to face.
    InPerson,
    /// By a letter of the organization.
    Letterhead,
    /// In a video call.
    Video,
    /// Through a contact known from before.
    PriorContact,
    /// In the file /.well-known/undersigned.txt of the domain.
    Https,
    /// In a TXT record of the domain.
    Dns,
    /// The earlier attestation is taken back.
    Retracted,
}

const METHODS: [(&str, Method); 8] = [
    ("phone", Method::Phone),
    ("in-person", Method::InPerson),
    ("letterhead", Method::Letterhead),
    ("video", Method::Video),
    ("prior-contact", Method::PriorContact),
    ("https", Method::Https),
    ("dns", Method::Dns),
    ("retracted", Method::Retracted),
];

impl Method {
    /// The method of this word.
    pub fn parse(word: &str) -> Result<Self, &'static str> {
        METHODS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, method)| *method)
            .ok_or("the method is none that the formats know")
    }

    /// The word in the statement.
    pub fn name(self) -> &'static str {
        METHODS
            .iter()
            .find(|(_, method)| *method == self)
            .map_or("", |(name, _)| *name)
    }

    /// Whether it is a way of seeing a key on a domain, or of taking that back.
    pub fn observes(self) -> bool {
        matches!(self, Self::Https | Self::Dns | Self::Retracted)
    }

    /// Whether it is a way of confirming a key, or of taking that back.
    pub fn vouches(self) -> bool {
        !matches!(self, Self::Https | Self::Dns)
    }
}
