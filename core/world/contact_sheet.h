// Many pictures of one size in one.
#pragma once

#include <vector>

#include "core/image/image.h"

namespace b3o::world {

// Row by row, `gap` white pixels between them. RequestError when there are none, sizes differ, or the sheet would have
// more than 16 384 pixels a side.
Image contact_sheet(const std::vector<Image>& pictures, int columns, int gap = 2);

}  // namespace b3o::world
