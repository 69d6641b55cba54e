// What LibreOffice runs to say what it sees in a workbook: a line a fact, its parts between tabs.

const LIBRARY = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Reading"/>
</library:library>
`;

const MODULE = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Reading" script:language="StarBasic">
Sub Say(path As String, outPath As String, password As String)
  Dim args(1) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden" : args(0).Value = True
  args(1).Name = "Password" : args(1).Value = password
  Dim doc As Object
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, args())
  Dim sfa As Object, out As Object, text As Object
  sfa = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  out = CreateUnoService("com.sun.star.io.TextOutputStream")
  out.setOutputStream(sfa.openFileWrite(ConvertToURL(outPath)))
  out.setEncoding("UTF-8")
  If IsNull(doc) Then
    out.writeString("refused" &amp; Chr(10))
    out.closeOutput()
    Exit Sub
  End If
  Dim i As Long, j As Long, r As Long, c As Long
  For i = 0 To doc.Sheets.Count - 1
    Dim sheet As Object
    sheet = doc.Sheets.getByIndex(i)
    out.writeString("sheet" &amp; Chr(9) &amp; sheet.Name &amp; Chr(10))
    Dim areas : areas = sheet.getPrintAreas()
    For j = 0 To UBound(areas)
      out.writeString("printArea" &amp; Chr(9) &amp; areas(j).StartColumn &amp; Chr(9) &amp; areas(j).StartRow &amp; Chr(9) &amp; areas(j).EndColumn &amp; Chr(9) &amp; areas(j).EndRow &amp; Chr(10))
    Next j
    Dim t : t = sheet.getTitleRows()
    If sheet.getPrintTitleRows() Then out.writeString("titleRows" &amp; Chr(9) &amp; t.StartRow &amp; Chr(9) &amp; t.EndRow &amp; Chr(10))
    Dim formats : formats = sheet.ConditionalFormats.getConditionalFormats()
    For j = 0 To UBound(formats)
      out.writeString("conditional" &amp; Chr(9) &amp; formats(j).Range.RangeAddressesAsString &amp; Chr(10))
    Next j
    out.writeString("charts" &amp; Chr(9) &amp; sheet.Charts.Count &amp; Chr(10))
    out.writeString("shapes" &amp; Chr(9) &amp; sheet.DrawPage.Count &amp; Chr(10))
    Dim cursor : cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    For r = 0 To cursor.RangeAddress.EndRow
      For c = 0 To cursor.RangeAddress.EndColumn
        Dim cell : cell = sheet.getCellByPosition(c, r)
        If cell.String &lt;&gt; "" Then
          out.writeString("cell" &amp; Chr(9) &amp; c &amp; Chr(9) &amp; r &amp; Chr(9) &amp; cell.Type &amp; Chr(9) &amp; Join(Split(cell.String, Chr(10)), "\\n") &amp; Chr(10))
        End If
      Next c
    Next r
  Next i
  out.closeOutput()
  doc.close(True)
End Sub
</script:module>
`;

export const READING_MACRO = { library: LIBRARY, module: MODULE } as const;
